namespace GeminiBatch;

/// <summary>
/// All that is known of a schema, as flat data: the machines of the runtime work from it, and the ledger stores it, so that a run can be
/// resumed and exported without the program that started it.
/// </summary>
public sealed partial class SchemaDescriptor
{
    /// <summary>Creates a descriptor.</summary>
    /// <param name="name">The schema's name.</param>
    /// <param name="types">Its types; the first is the root, references are indexes.</param>
    public SchemaDescriptor(string name, IReadOnlyList<SchemaNode> types)
    {
        Name = name;
        Types = types;
    }

    /// <summary>The schema's name.</summary>
    public string Name { get; }

    /// <summary>The types; the first is the root, references are indexes.</summary>
    public IReadOnlyList<SchemaNode> Types { get; }

    /// <summary>The root type.</summary>
    public SchemaNode Root => Types[0];

    /// <summary>
    /// The one member of the object that a root of another kind is asked for in: <c>items</c> of a list, <c>value</c> of any other. Every
    /// backend and model takes an object as root. Canonical JSON and values are without it. Null where the root is an object.
    /// </summary>
    public string? RootMember => Root.Kind switch
    {
        SchemaKind.Object => null,
        SchemaKind.Array => "items",
        _ => "value",
    };

    /// <summary>The descriptor as JSON: everything, readable back.</summary>
    /// <returns>JSON text; the same descriptor gives the same text.</returns>
    public string ToJson() => DescriptorText.Write(this);

    /// <summary>
    /// The canonical form: what the model sees and what decides how its answer is read. C# names, aliases and the order of type indexes
    /// beyond their first use are not in it. Equal forms are equal schemas.
    /// </summary>
    public string CanonicalForm => DescriptorText.WriteCanonical(this);
}
