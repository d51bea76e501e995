namespace GeminiBatch.Generators;

/// <summary>Prints field-wise equality of one object type.</summary>
internal static class ComparerEmitter
{
    private const string Target = SchemaEmitter.Runtime + "FieldEquality.";

    public static void Write(SourceWriter source, SchemaModel model, TypeModel type)
    {
        var nullable = type.IsValueType ? "" : "?";
        source.Open($"private static bool Same{type.Identifier}({type.CSharpName}{nullable} x, {type.CSharpName}{nullable} y)");
        if (!type.IsValueType)
        {
            source.Open("if (x is null || y is null)").Line("return x is null && y is null;").Close().Line();
        }

        var comparisons = type.Fields.Select(field => Comparison(
            model, field.Type, field.IsNullableValueType, $"x.{Literals.Identifier(field.MemberName)}", $"y.{Literals.Identifier(field.MemberName)}")).ToList();
        source.Line(comparisons.Count == 0 ? "return true;" : $"return {comparisons[0]}{(comparisons.Count == 1 ? ";" : "")}");
        for (var i = 1; i < comparisons.Count; i++)
        {
            source.Line($"    && {comparisons[i]}{(i == comparisons.Count - 1 ? ";" : "")}");
        }

        source.Close().Line();
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

        source.Open($"public override int GetHashCode({root.CSharpName} obj)");
        source.Line("var hash = new global::System.HashCode();");
        foreach (var field in root.Fields.Where(field => TypeGraphParser.IsScalar(model.Types[field.Type].Kind)))
        {
            source.Line($"hash.Add(obj.{Literals.Identifier(field.MemberName)});");
        }

        source.Line("return hash.ToHashCode();").Close().Line();
    }

    public static string Comparison(SchemaModel model, int index, bool isNullableValueType, string x, string y)
    {
        var type = model.Types[index];
        return type.Kind switch
        {
            SchemaKind.Object or SchemaKind.Any or SchemaKind.Array when isNullableValueType => $"{Target}SameNullable({x}, {y}, {Function(model, index, isNullableValueType: false)})",
            SchemaKind.Object or SchemaKind.Union => $"Same{type.Identifier}({x}, {y})",
            SchemaKind.Any => $"{Target}SameAny({x}, {y})",
            SchemaKind.Array => $"{Target}Same{(type.Form == CollectionForm.Set ? "Set" : "List")}({x}, {y}, {ItemFunction(model, type)})",
            SchemaKind.Map => $"{Target}SameMap({x}, {y}, {ItemFunction(model, type)})",
            _ => $"{Target}Same({x}, {y})",
        };
    }

    private static string ItemFunction(SchemaModel model, TypeModel type) =>
        Function(model, type.ItemType, type.ItemNullable && model.Types[type.ItemType].IsValueType);

    private static string Function(SchemaModel model, int index, bool isNullableValueType)
    {
        var type = model.Types[index];
        return type.Kind is SchemaKind.Object or SchemaKind.Union && !isNullableValueType
            ? $"Same{type.Identifier}"
            : $"static (x, y) => {Comparison(model, index, isNullableValueType, "x", "y")}";
    }
}
