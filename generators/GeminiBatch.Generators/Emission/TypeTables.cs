namespace GeminiBatch.Generators;

/// <summary>Prints the static data that readers and writers share.</summary>
internal static class TypeTables
{
    public static void WriteDescriptor(SourceWriter source, SchemaDescriptor descriptor)
    {
        source.Line("private static readonly global::GeminiBatch.SchemaDescriptor s_descriptor = global::GeminiBatch.SchemaDescriptor.FromJson(");
        source.Line("    ", Literals.Text(descriptor.ToJson(), source.Indent + "    "), "u8);").Line();
    }

    /// <summary>A descriptor that other assemblies can read while they are compiled.</summary>
    public static void WriteDeclaredDescriptor(SourceWriter source, SchemaDescriptor descriptor)
    {
        source.Line("public const string Json = ", Literals.Text(descriptor.ToJson(), source.Indent + "    "), ";");
        source.Line("private static readonly global::GeminiBatch.SchemaDescriptor s_descriptor = global::GeminiBatch.SchemaDescriptor.FromJson(Json);").Line();
    }

    public static void WriteShapes(SourceWriter source) =>
        source.Line($"private static readonly {SchemaEmitter.Runtime}ObjectShape[] s_shapes = {SchemaEmitter.Runtime}ObjectShape.Of(s_descriptor);").Line();

    public static void WriteEnumNames(SourceWriter source, SchemaModel model)
    {
        foreach (var type in model.Types.Where(static type => type is { Kind: SchemaKind.Enum, IsElsewhere: false }))
        {
            source.Line($"private static readonly {SchemaEmitter.Runtime}EnumNames<{type.CSharpName}> {NamesOf(type)} = new(");
            for (var i = 0; i < type.EnumValues.Count; i++)
            {
                var value = type.EnumValues[i];
                var end = i == type.EnumValues.Count - 1 ? ");" : ",";
                source.Line($"    ({type.CSharpName}.{Literals.Identifier(value.MemberName)}, {Literals.String(value.JsonName)}){end}");
            }

            source.Line();
        }
    }

    public static string NamesOf(TypeModel type) => $"s_names{type.Identifier}";
}
