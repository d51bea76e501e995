namespace GeminiBatch;

/// <summary>One type of a schema. Other types are referred to by their index in <see cref="SchemaDescriptor.Types"/>.</summary>
public sealed class SchemaNode
{
    /// <summary>Creates a type.</summary>
    /// <param name="kind">What its values are.</param>
    public SchemaNode(SchemaKind kind) => Kind = kind;

    /// <summary>What its values are.</summary>
    public SchemaKind Kind { get; }

    /// <summary>The name of an object, enum or union; empty for other kinds.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the type means.</summary>
    public string? Description { get; init; }

    /// <summary>The fields of an object, in the order in which they are asked for.</summary>
    public IReadOnlyList<SchemaField> Fields { get; init; } = [];

    /// <summary>The values of an enum.</summary>
    public IReadOnlyList<SchemaEnumValue> EnumValues { get; init; } = [];

    /// <summary>The cases of a union.</summary>
    public IReadOnlyList<SchemaUnionCase> Cases { get; init; } = [];

    /// <summary>
    /// The member that names the case of a union, as text. It is no field of the cases, which are objects then. Null where the shape alone
    /// tells the cases apart, which may be of any kind then.
    /// </summary>
    public string? Discriminator { get; init; }

    /// <summary>The index of the type of an array's items or a map's values; -1 for other kinds.</summary>
    public int ItemType { get; init; } = -1;

    /// <summary>
    /// What an array's items or a map's values are beyond their type: description and constraints, in a field without a name. Only a JSON
    /// Schema says such things; null otherwise.
    /// </summary>
    public SchemaField? ItemRules { get; init; }

    /// <summary>Whether an item of an array or a value of a map may be null.</summary>
    public bool ItemNullable { get; init; }

    /// <summary>The index of the type of a map's keys: a string, an enum or an integer; -1 for other kinds.</summary>
    public int KeyType { get; init; } = -1;

    /// <summary>Whether equal items of an array are one item.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>The smallest integer the C# type holds, in invariant notation.</summary>
    public string? IntegerMinimum { get; init; }

    /// <summary>The largest integer the C# type holds, in invariant notation.</summary>
    public string? IntegerMaximum { get; init; }
}
