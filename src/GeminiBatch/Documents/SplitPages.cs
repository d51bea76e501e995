namespace GeminiBatch;

/// <summary>A section as a splitter cuts it out: a medium of the same type; or, without content, a medium that is within the limits.</summary>
/// <param name="FirstPage">Its first page in the whole, from 1. The same medium is always cut at the same pages: they are the section's identity.</param>
/// <param name="LastPage">Its last page in the whole.</param>
/// <param name="Content">Its bytes.</param>
public sealed record SplitPages(int FirstPage, int LastPage, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether this is the medium as it is, which is sent whole.</summary>
    public bool IsWhole => Content.IsEmpty;

    /// <summary>A medium that is within the limits: its pages are what the estimate counts.</summary>
    /// <param name="pages">How many pages it has.</param>
    public static SplitPages Whole(int pages) => new(1, pages, ReadOnlyMemory<byte>.Empty);
}
