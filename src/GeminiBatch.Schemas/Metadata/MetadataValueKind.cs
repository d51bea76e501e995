namespace GeminiBatch;

/// <summary>What a <see cref="MetadataValue"/> holds.</summary>
public enum MetadataValueKind
{
    /// <summary>Nothing; the value of an entry that is absent.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A number that is not a whole number of 64 bits.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
