namespace GeminiBatch;

/// <summary>A section as a splitter cuts it out: a medium of the same type.</summary>
/// <param name="FirstPage">Its first page in the whole, from 1. The same medium is always cut at the same pages: they are the section's identity.</param>
/// <param name="LastPage">Its last page in the whole.</param>
/// <param name="Content">Its bytes.</param>
public sealed record SplitPages(int FirstPage, int LastPage, ReadOnlyMemory<byte> Content);
