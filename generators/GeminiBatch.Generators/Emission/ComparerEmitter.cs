namespace GeminiBatch.Generators;

/// <summary>Prints field-wise equality of one object type.</summary>
internal static class ComparerEmitter
{
    private const string Target = SchemaEmitter.Runtime + "FieldEquality.";

    public static void Write(SourceWriter source, SchemaModel model, TypeModel type)
    {
        var nullable = type.IsValueType ? "" : "?";
        source.Line($"private static bool Same{type.Identifier}({type.CSharpName}{nullable} x, {type.CSharpName}{nullable} y) =>");
        var comparisons = type.Fields.Select(field => Comparison(
            model, field.Type, field.IsNullableValueType, $"x.{Literals.Identifier(field.MemberName)}", $"y.{Literals.Identifier(field.MemberName)}")).DefaultIfEmpty("true");
        if (!type.IsValueType)
        {
            source.Line("    x is null || y is null ? x is null && y is null");
        }

        source.Line($"    {(type.IsValueType ? "" : ": ")}{string.Join($"\n{source.Indent}    && ", comparisons)};").Line();
    }

    public static void WriteHash(SourceWriter source, SchemaModel model)
    {
        var root = model.Types[0];
        if (root.Kind != SchemaKind.Object)
        {
            var hash = root.Kind is SchemaKind.Array or SchemaKind.Map ? $"{Target}CountOf(obj)" : root.Kind == SchemaKind.Union ? "obj.GetType().GetHashCode()" : "obj.GetHashCode()";
            source.Line($"public override int GetHashCode({root.CSharpName} obj) => {hash};").Line();
            return;
        }

        // As many fields as one call can combine; more would part no more values.
        var members = string.Join(", ", root.Fields.Where(field => TypeGraphParser.IsScalar(model.Types[field.Type].Kind)).Take(8).Select(static field => $"obj.{Literals.Identifier(field.MemberName)}"));
        source.Line($"public override int GetHashCode({root.CSharpName} obj) => {(members.Length == 0 ? "0" : $"global::System.HashCode.Combine({members})")};").Line();
    }

    public static string Comparison(SchemaModel model, int index, bool isNullableValueType, string x, string y)
    {
        var type = model.Types[index];
        return type.Kind switch
        {
            SchemaKind.Object or SchemaKind.Any or SchemaKind.Array when isNullableValueType => $"{Target}SameNullable({x}, {y}, {Function(model, index, isNullableValueType: false)})",
            _ when type.IsElsewhere => $"{ReaderEmitter.OwnSchema}Same({x}, {y})",
            SchemaKind.Object or SchemaKind.Union => $"Same{type.Identifier}({x}, {y})",
            SchemaKind.Any => $"{Target}SameAny({x}, {y})",
            SchemaKind.Array => $"{Target}Same{(type.Form == CollectionForm.Set ? "Set" : "List")}({x}, {y}, {ItemFunction(model, type)})",
            SchemaKind.Map => $"{Target}SameMap({x}, {y}, {ItemFunction(model, type)})",
            // Not a number is equal to itself here, so that what was written and read again is.
            SchemaKind.Number => $"{Target}Same({x}, {y})",
            _ => $"{x} == {y}",
        };
    }

    private static string ItemFunction(SchemaModel model, TypeModel type) =>
        Function(model, type.ItemType, type.ItemNullable && model.Types[type.ItemType].IsValueType);

    private static string Function(SchemaModel model, int index, bool isNullableValueType)
    {
        var type = model.Types[index];
        return type.Kind is SchemaKind.Object or SchemaKind.Union && !isNullableValueType
            ? type.IsElsewhere ? $"{ReaderEmitter.OwnSchema}Same" : $"Same{type.Identifier}"
            : $"static (x, y) => {Comparison(model, index, isNullableValueType, "x", "y")}";
    }
}
