namespace GeminiBatch.Generators;

/// <summary>What a list or map is made as.</summary>
internal enum CollectionForm
{
    None,
    List,
    Array,
    ImmutableArray,
    Set,
    Map,
}
