namespace GeminiBatch.Emulator;

/// <summary>Finds the billed lines: in a table with headings, else in blocks of labels, else line by line.</summary>
internal static class ItemReader
{
    /// <param name="page">The document.</param>
    /// <param name="itemLines">The lines of text that belong to items or headings and hold no totals.</param>
    public static IReadOnlyList<LineItem> Read(DocumentPage page, out IReadOnlySet<int> itemLines)
    {
        var used = new HashSet<int>();
        var items = TableReader.Read(page, used);
        if (items.Count == 0)
        {
            items = ItemBlockReader.Read(page, used);
        }

        if (items.Count == 0)
        {
            items = FreeLineReader.Read(page, used);
        }

        itemLines = used;
        return items;
    }
}
