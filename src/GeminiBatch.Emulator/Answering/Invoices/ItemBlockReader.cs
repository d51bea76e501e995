namespace GeminiBatch.Emulator;

/// <summary>Reads items that are written as blocks of labels: "Item 1: …", "Quantity: …", "Unit price: …", "Line total: …".</summary>
internal static class ItemBlockReader
{
    public static List<LineItem> Read(DocumentPage page, HashSet<int> used)
    {
        var items = new List<LineItem>();
        var lines = new List<int>();
        LineItem? current = null;
        for (var line = 0; line < page.Lines.Count; line++)
        {
            var text = page.Lines[line].Text;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            var label = text[..colon];
            var value = text[(colon + 1)..].Trim();
            if (value.Length > 0 && IsStart(label))
            {
                Keep(items, current);
                current = new LineItem(value);
                lines.Add(line);
            }
            else if (current is not null && LabelLexicon.Default.FindHeadings(label) is [var hit, ..] && hit.Start <= Indent(text) + 1)
            {
                var number = page.Amounts.ReadOne(value);
                var changed = hit.Concept switch
                {
                    Concept.Quantity when current.Quantity is null => current with { Quantity = number },
                    Concept.UnitPrice when current.UnitPrice is null => current with { UnitPrice = number },
                    Concept.LineAmount when current.Amount is null && text[0] == ' ' => current with { Amount = number },
                    Concept.Unit => current with { Unit = value },
                    Concept.Code => current with { Code = value },
                    _ => current,
                };
                if (!ReferenceEquals(changed, current))
                {
                    current = changed;
                    lines.Add(line);
                }
            }
        }

        Keep(items, current);
        if (items.Count > 0)
        {
            used.UnionWith(lines);
        }

        return items;
    }

    private static bool IsStart(string label)
    {
        var hits = LabelLexicon.Default.FindItemStarts(label);
        return hits is [var hit] && label[..hit.Start].All(letter => !char.IsLetterOrDigit(letter)) && label[hit.End..].All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '#' or '.') && label[hit.End..].Any(char.IsAsciiDigit);
    }

    private static int Indent(string text) => text.Length - text.TrimStart().Length;

    private static void Keep(List<LineItem> items, LineItem? item)
    {
        if (item?.Amount is not null || item?.UnitPrice is not null)
        {
            items.Add(item);
        }
    }
}
