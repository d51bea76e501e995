namespace GeminiBatch.Generators;

/// <summary>Prints the mapper between a metadata type and flat scalars.</summary>
internal static class MetadataEmitter
{
    private const string Values = "global::GeminiBatch.MetadataValue";

    public static string Emit(SchemaModel model)
    {
        var source = new SourceWriter();
        SchemaEmitter.WriteHeader(source, model);
        WriteDeclaration(source, model);
        WriteMapper(source, model);
        return source.Finish();
    }

    private static void WriteDeclaration(SourceWriter source, SchemaModel model)
    {
        var root = model.Types[0].CSharpName;
        var contract = $"global::GeminiBatch.IBatchMetadata<{root}>";
        SchemaEmitter.OpenDeclarations(source, model, $" : {contract}");
        source.Line(SchemaEmitter.Mark);
        source.Line($"static void {contract}.Write({root} value, global::System.Collections.Generic.IDictionary<string, {Values}> destination) =>");
        source.Line($"    {model.Identifier}Metadata.Write(value, destination);").Line();
        source.Line(SchemaEmitter.Mark);
        source.Line($"static bool {contract}.TryRead(global::System.Collections.Generic.IReadOnlyDictionary<string, {Values}> source,");
        source.Line($"    [global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {root} value, out string? error) =>");
        source.Line($"    {SchemaEmitter.Runtime}MetadataReader.TryRead(source, {model.Identifier}Metadata.Read, out value, out error);");
        SchemaEmitter.CloseDeclarations(source, model);
    }

    private static void WriteMapper(SourceWriter source, SchemaModel model)
    {
        var root = model.Types[0];
        source.Line(SchemaEmitter.Mark);
        source.Open($"file static class {model.Identifier}Metadata");
        var nested = model.Types.Where(static type => type is { Kind: SchemaKind.Object, IsElsewhere: false }).Skip(1).ToList();
        if (nested.Count > 0)
        {
            TypeTables.WriteDescriptor(source, DescriptorBuilder.Build(model));
            TypeTables.WriteShapes(source);
        }

        TypeTables.WriteEnumNames(source, model);
        WriteWriter(source, model, root);
        WriteReader(source, model, root);
        foreach (var type in nested)
        {
            ReaderEmitter.Write(source, model, type);
            WriterEmitter.Write(source, model, type);
        }

        source.Close();
    }

    private static void WriteWriter(SourceWriter source, SchemaModel model, TypeModel root)
    {
        source.Open($"public static void Write({root.CSharpName} value, global::System.Collections.Generic.IDictionary<string, {Values}> destination)");
        foreach (var field in root.Fields)
        {
            var type = model.Types[field.Type];
            var method = (field.JsonEncoded ? "PutJson" : "Put") + (type.IsValueType ? "Value" : "");
            source.Line($"{SchemaEmitter.Runtime}MetadataWriter.{method}<{type.CSharpName}>(destination, {Literals.String(field.JsonName)}, value.{Literals.Identifier(field.MemberName)}, {WriterEmitter.Function(model, field.Type, isNullableValueType: false)});");
        }

        source.Close().Line();
    }

    private static void WriteReader(SourceWriter source, SchemaModel model, TypeModel root)
    {
        source.Open($"public static {root.CSharpName} Read(scoped ref {SchemaEmitter.Runtime}MetadataReader source)");
        ReaderEmitter.WriteLocals(source, root);
        foreach (var field in root.Fields)
        {
            var type = model.Types[field.Type];
            var isRequired = field.Presence == SchemaPresence.Required && !field.Nullable;
            source.Open($"if (source.Find({Literals.String(field.JsonName)}, isRequired: {(isRequired ? "true" : "false")}))");
            source.Line($"{field.Local} = source.Read{(field.JsonEncoded ? "Json" : "")}<{type.CSharpName}>({ReaderEmitter.Function(model, field.Type, nullable: false)});");
            source.Close().Line();
        }

        ReaderEmitter.WriteConstruction(source, root, "source.Error is not null", static (field, _) => $"source.Has({Literals.String(field.JsonName)})");
        source.Close().Line();
        ReaderEmitter.WriteAccessors(source, root);
    }
}
