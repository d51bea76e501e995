namespace GeminiBatch.Generators;

/// <summary>
/// What a schema weighs in <c>responseSchema</c>, where nothing can be referred to and everything is written out. The service refuses too
/// heavy ones, in words that do not say why (protocol: structured output).
/// </summary>
internal sealed class SchemaComplexity
{
    /// <summary>The sum of all <c>maxItems</c> beyond which requests were refused (protocol: structured output).</summary>
    public const int MostItems = 960;

    // Known to be limited, not known where: far above what schemas in use have.
    public const int MostEnumCharacters = 20_000;
    public const int MostDepth = 24;
    public const int MostOptional = 300;

    // A schema that unrolls to more is too heavy by any measure; counting on would only take time.
    private const int MostSteps = 20_000;

    private readonly IReadOnlyList<TypeModel> _types;
    private readonly List<int> _path = [];
    private long _items;
    private long _enumCharacters;
    private long _optional;
    private int _depth;
    private int _steps;

    private SchemaComplexity(IReadOnlyList<TypeModel> types) => _types = types;

    /// <summary>What is too heavy, in words; null when nothing is.</summary>
    public static string? Excess(IReadOnlyList<TypeModel> types)
    {
        var weight = new SchemaComplexity(types);
        weight.Visit(0);
        return weight._steps > MostSteps ? FormattableString.Invariant($"it unrolls to more than {MostSteps} parts. Use fewer nested or recursive types.")
            : weight._items > MostItems ? FormattableString.Invariant($"its lists may hold {weight._items} items together, and requests beyond {MostItems} were refused. Lower or drop [MaxLength] on lists.")
            : weight._enumCharacters > MostEnumCharacters ? FormattableString.Invariant($"its enums have {weight._enumCharacters} characters, more than {MostEnumCharacters}. Use a string with a description, or fewer values.")
            : weight._depth > MostDepth ? FormattableString.Invariant($"it is nested {weight._depth} levels deep, more than {MostDepth}. Flatten it.")
            : weight._optional > MostOptional ? FormattableString.Invariant($"it has {weight._optional} optional members, more than {MostOptional}. Make members required and nullable.")
            : null;
    }

    private void Visit(int index)
    {
        if (++_steps > MostSteps)
        {
            return;
        }

        var type = _types[index];
        _path.Add(index);
        _depth = Math.Max(_depth, _path.Count);
        _enumCharacters += type.EnumValues.Sum(static value => value.JsonName.Length);
        if (type.KeyType >= 0)
        {
            Visit(type.KeyType);
        }

        if (type.ItemType >= 0)
        {
            Visit(type.ItemType);
        }

        foreach (var option in type.Cases)
        {
            Visit(option.Type);
        }

        foreach (var field in type.Fields.Where(field => !field.Recursive || !IsDeepEnough(field.Type)))
        {
            _items += _types[field.Type].ItemType >= 0 ? field.Constraints.MaxLength ?? 0 : 0;
            _optional += field.Presence == SchemaPresence.Optional ? 1 : 0;
            Visit(field.Type);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private bool IsDeepEnough(int type) =>
        ResponseSchemaRenderer.IsDeepEnough(_path, SchemaReferences.TargetOf(type, index => _types[index].ItemType));
}
