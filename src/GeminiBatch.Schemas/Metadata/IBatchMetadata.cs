using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch;

/// <summary>A document's metadata as flat scalars. Implemented by the generator for types with <see cref="BatchMetadataAttribute"/>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IBatchMetadata<TSelf>
    where TSelf : IBatchMetadata<TSelf>
{
    /// <summary>Writes every member that is not null under its camelCase name.</summary>
    /// <param name="value">The metadata.</param>
    /// <param name="destination">Where the entries are put; entries of equal name are replaced.</param>
    static abstract void Write(TSelf value, IDictionary<string, MetadataValue> destination);

    /// <summary>Reads the metadata back. Entries that the type does not know are ignored.</summary>
    /// <param name="source">The entries.</param>
    /// <param name="value">The metadata, when every required member was found and readable.</param>
    /// <param name="error">Otherwise the entry that is missing or does not fit.</param>
    /// <returns>Whether the metadata could be read.</returns>
    static abstract bool TryRead(
        IReadOnlyDictionary<string, MetadataValue> source, [MaybeNullWhen(false)] out TSelf value, out string? error);
}
