namespace GeminiBatch.Scaffolding;

/// <summary>The type names of one source: each once, without regard to case because they name files.</summary>
internal sealed class TypeNames
{
    /// <summary>Names that the written source itself uses, and roots of namespaces that it must still reach.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "System", "Microsoft", "GeminiBatch", "Object", "String", "Type", "Enum", "Attribute", "Record", "Uri", "Guid", "DateOnly", "TimeOnly",
        "TimeSpan", "DateTime", "DateTimeOffset", "JsonElement", "List", "HashSet", "Dictionary", "IReadOnlyList", "IReadOnlySet",
        "IReadOnlyDictionary", "Description", "DescriptionAttribute", "Aliases", "Range", "Length", "MinLength", "MaxLength",
        "RegularExpression", "AllowedValues", "EmailAddress", "ExtractionSchema", "IExtractable", "JsonPropertyName",
        "JsonStringEnumMemberName", "JsonPolymorphic", "JsonDerivedType", "Nullable", "Decimal", "Double", "Single", "Boolean",
        "Int32", "Int64", "Void", "Task", "Action", "Func", "Index", "Exception", "Math", "Array", "Convert", "Equals",
    };

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Takes the first free one of some names, or a numbered form of the last.</summary>
    public string Take(params IEnumerable<string?> wishes)
    {
        var names = wishes.OfType<string>().Select(wish => Identifiers.Pascal(wish)).OfType<string>().ToList();
        foreach (var name in names)
        {
            if (!IsReserved(name) && _taken.Add(name))
            {
                return name;
            }
        }

        var stem = names is [.., var last] ? last : "Item";
        for (var number = IsReserved(stem) ? 1 : 2; ; number++)
        {
            var name = FormattableString.Invariant($"{stem}{number}");
            if (!IsReserved(name) && _taken.Add(name))
            {
                return name;
            }
        }
    }

    /// <summary>Takes a name exactly as given.</summary>
    public string TakeExactly(string name)
    {
        _taken.Add(name);
        return name;
    }
}
