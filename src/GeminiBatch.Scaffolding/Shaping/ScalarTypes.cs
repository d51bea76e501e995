namespace GeminiBatch.Scaffolding;

/// <summary>The C# types of single values.</summary>
internal static class ScalarTypes
{
    public static CSharpType OfString(SchemaNode node, NoteList notes)
    {
        switch (node.Format)
        {
            case null or "enum" or "email" or "idn-email" or "text" or "string" or "password":
                return CSharpType.String;
            case "date":
                return System("DateOnly");
            case "time":
                return System("TimeOnly");
            case "date-time":
                return System("DateTimeOffset");
            case "duration":
                return System("TimeSpan");
            case "uuid" or "guid":
                return System("Guid");
            case "uri" or "url" or "iri" or "uri-reference" or "iri-reference":
                return System("Uri");
            default:
                notes.Add(node.Pointer, "format", $"'{node.Format}' is read as text and not checked.");
                return CSharpType.String;
        }
    }

    public static CSharpType OfInteger(SchemaNode node, NoteList notes)
    {
        var name = node.Format switch
        {
            "int8" or "sbyte" => "sbyte",
            "uint8" or "byte" => "byte",
            "int16" or "short" => "short",
            "uint16" or "ushort" => "ushort",
            "int32" or "int" => "int",
            "uint32" or "uint" => "uint",
            "uint64" or "ulong" => "ulong",
            _ => null,
        };
        if (name is not null)
        {
            return new CSharpType(name, TypeKind.Integer);
        }

        if (node.Maximum > ulong.MaxValue || node.Minimum < long.MinValue || (node.Maximum > long.MaxValue && node.Minimum is not >= 0))
        {
            notes.Add(node.Pointer, "type", "The bounds exceed C#'s integers; the value is read as a decimal.");
            return CSharpType.Decimal;
        }

        return node.Maximum > long.MaxValue ? new CSharpType("ulong", TypeKind.Integer)
            : node.Format is not ("int64" or "long") && node.Minimum >= int.MinValue && node.Maximum <= int.MaxValue ? new CSharpType("int", TypeKind.Integer)
            : CSharpType.Int64;
    }

    public static CSharpType OfNumber(SchemaNode node, bool decimals) => node.Format switch
    {
        "float" or "single" => new CSharpType("float", TypeKind.Double),
        "decimal" => CSharpType.Decimal,
        "double" => CSharpType.Double,
        _ => decimals || (node.MultipleOf is { } step && !decimal.IsInteger(step)) ? CSharpType.Decimal : CSharpType.Double,
    };

    private static CSharpType System(string name) => new(name, TypeKind.OtherScalar, "System");
}
