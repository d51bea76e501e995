using System.Globalization;

namespace GeminiBatch;

/// <summary>Pages of a document that was over a limit and is asked about in sections.</summary>
/// <param name="DocumentId">The whole document's id.</param>
/// <param name="Number">The section's place, from 1.</param>
/// <param name="Count">How many sections the document has.</param>
/// <param name="FirstPage">Its first page in the whole, from 1.</param>
/// <param name="LastPage">Its last page in the whole.</param>
public sealed record DocumentSection(string DocumentId, int Number, int Count, int FirstPage, int LastPage)
{
    /// <summary>The section's own id: the document's, and its pages.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{DocumentId}#pages={FirstPage}-{LastPage}");

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"section {Number} of {Count} of '{DocumentId}' (pages {FirstPage} to {LastPage})");
}
