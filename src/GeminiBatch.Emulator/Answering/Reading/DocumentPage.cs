namespace GeminiBatch.Emulator;

/// <summary>A document as lines with columns, and the readers tuned to how it writes numbers and dates.</summary>
internal sealed class DocumentPage
{
    public DocumentPage(string text)
    {
        Text = TextRepair.Repair(text.ReplaceLineEndings("\n"));
        Amounts = new AmountReader(Text);
        Dates = new DateReader(Text, Amounts.UsesDecimalPoint);
        Lines = [.. Text.Split('\n').TakeWhile(static line => !line.StartsWith('>')).Select((line, number) => TextLine.Read(number, line))];
        Labels = [.. Lines.Select(line => LabelLexicon.Default.Find(line.Text))];
    }

    public string Text { get; }

    public IReadOnlyList<TextLine> Lines { get; }

    /// <summary>The labels of each line.</summary>
    public IReadOnlyList<IReadOnlyList<LabelHit>> Labels { get; }

    public AmountReader Amounts { get; }

    public DateReader Dates { get; }

    /// <summary>The text of a line from a label's end to the next label of another concept.</summary>
    public string After(int line, LabelHit label)
    {
        var text = Lines[line].Text;
        var next = Labels[line].Where(other => other.Start >= label.End && Ends(other)).Select(other => other.Start).DefaultIfEmpty(text.Length).Min();
        return text[label.End..next];

        // A second label of the same concept ("Sous-total / Subtotal") goes on with the first unless a value came between.
        bool Ends(LabelHit other) => other.Concept == label.Concept
            ? text.AsSpan(label.End, other.Start - label.End).IndexOfAnyInRange('0', '9') >= 0
            : !SharesPlace(line, other, label.Concept);
    }

    /// <summary>The text after a label without the marks that stand between label and value.</summary>
    public static string StripMarks(string value) => value.TrimStart(' ', ':', '.', '#', '°', 'º', ')', '-', '=', '*').TrimEnd();

    /// <summary>The next line that is not blank, within a few lines.</summary>
    public TextLine? NextLine(int line, int within = 3)
    {
        for (var next = line + 1; next < Lines.Count && next <= line + within; next++)
        {
            if (!Lines[next].IsBlank)
            {
                return Lines[next];
            }
        }

        return null;
    }

    /// <summary>The cell of a line that stands in the same column as a stretch of the line above.</summary>
    public static TextCell? CellBelow(TextLine below, int start, int end)
    {
        TextCell? best = null;
        var bestDistance = int.MaxValue;
        foreach (var cell in below.Cells)
        {
            var overlaps = cell.Start < end && start < cell.End;
            var distance = Math.Min(Math.Abs(cell.Start - start), Math.Abs(cell.End - end));
            if ((overlaps || distance <= 3) && distance < bestDistance)
            {
                best = cell;
                bestDistance = distance;
            }
        }

        return best;
    }

    private bool SharesPlace(int line, LabelHit other, Concept concept) =>
        Labels[line].Any(twin => twin.Start == other.Start && twin.Concept == concept);
}
