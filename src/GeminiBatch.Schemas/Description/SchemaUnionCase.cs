namespace GeminiBatch;

/// <summary>One case of a union.</summary>
public sealed class SchemaUnionCase
{
    /// <summary>Creates a case.</summary>
    /// <param name="name">What the union's discriminator holds for it; a name for messages where there is no discriminator.</param>
    /// <param name="type">The index of its type in <see cref="SchemaDescriptor.Types"/>.</param>
    public SchemaUnionCase(string name, int type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>What the union's discriminator holds for this case; a name for messages where there is no discriminator.</summary>
    public string Name { get; }

    /// <summary>The index of its type in <see cref="SchemaDescriptor.Types"/>.</summary>
    public int Type { get; }
}
