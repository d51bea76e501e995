namespace GeminiBatch.Generators;

/// <summary>Prints reader, writer and equality of a union: each finds the case and leaves the rest to it.</summary>
internal static class UnionEmitter
{
    public static void Write(SourceWriter source, SchemaModel model, TypeModel union)
    {
        WriteReader(source, model, union);
        WriteWriter(source, model, union);
        WriteComparer(source, model, union);
    }

    private static void WriteReader(SourceWriter source, SchemaModel model, TypeModel union)
    {
        source.Line($"private static {union.CSharpName} Read{union.Identifier}(scoped ref {SchemaEmitter.Runtime}AnswerReader reader) => reader.ReadCase(s_shapes[{ReaderEmitter.IndexOf(model, union)}]) switch");
        source.Line("{");
        for (var i = 0; i < union.Cases.Count; i++)
        {
            source.Line($"    {i} => Read{model.Types[union.Cases[i].Type].Identifier}(ref reader),");
        }

        source.Line("    _ => default!,").Line("};").Line();
    }

    private static void WriteWriter(SourceWriter source, SchemaModel model, TypeModel union)
    {
        source.Open($"private static void Write{union.Identifier}(global::System.Text.Json.Utf8JsonWriter writer, {union.CSharpName}? value)");
        source.Open("switch (value)");
        foreach (var option in MostDerivedFirst(model, union))
        {
            var type = model.Types[option.Type];
            source.Line($"case {type.CSharpName} option:");
            source.Line($"    {WriterEmitter.Target}WriteCase(writer, {Literals.ShortUtf8(union.Discriminator!)}, {Literals.ShortUtf8(option.Name)}, option, Write{type.Identifier}Members);");
            source.Line("    break;");
        }

        source.Line("default:").Line($"    {WriterEmitter.Target}WriteUnknownCase(writer, value);").Line("    break;");
        source.Close().Close().Line();
    }

    private static void WriteComparer(SourceWriter source, SchemaModel model, TypeModel union)
    {
        source.Line($"private static bool Same{union.Identifier}({union.CSharpName}? x, {union.CSharpName}? y) => (x, y) switch");
        source.Line("{");
        foreach (var option in MostDerivedFirst(model, union))
        {
            var type = model.Types[option.Type];
            source.Line($"    ({type.CSharpName} left, {type.CSharpName} right) => Same{type.Identifier}(left, right),");
        }

        source.Line("    _ => x is null && y is null,").Line("};").Line();
    }

    /// <summary>A pattern of a base class would take what its derived classes are for.</summary>
    private static IEnumerable<UnionCaseModel> MostDerivedFirst(SchemaModel model, TypeModel union) =>
        union.Cases.OrderByDescending(option => model.Types[option.Type].InheritanceDepth);
}
