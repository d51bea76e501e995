namespace GeminiBatch.Generators;

/// <summary>Prints the static data that readers and writers share.</summary>
internal static class TypeTables
{
    public static void WriteDescriptor(SourceWriter source, SchemaDescriptor descriptor)
    {
        source.Line("private static readonly global::GeminiBatch.SchemaDescriptor s_descriptor = global::GeminiBatch.SchemaDescriptor.FromJson(");
        source.Line($"    {Literals.Utf8(descriptor.ToJson(), source.Indent + "    ")});").Line();
    }

    public static void WriteShapes(SourceWriter source) =>
        source.Line($"private static readonly {SchemaEmitter.Runtime}ObjectShape[] s_shapes = {SchemaEmitter.Runtime}ObjectShape.Of(s_descriptor);").Line();

    public static void WriteEnumNames(SourceWriter source, SchemaModel model)
    {
        foreach (var type in model.Types.Where(static type => type.Kind == SchemaKind.Enum))
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
