namespace GeminiBatch.Emulator;

/// <summary>For fields that are no invoice's: a label that reads like the field's name, and the value beside or below it.</summary>
internal sealed class GenericReader(DocumentPage page)
{
    private static readonly HashSet<string> Affirmatives = new(StringComparer.Ordinal) { "yes", "true", "x", "ja", "oui", "si", "sim", "tak", "y", "checked" };
    private static readonly HashSet<string> Negatives = new(StringComparer.Ordinal) { "no", "false", "nein", "non", "nao", "nie", "nee", "n" };

    public static bool? ReadFlag(string text)
    {
        var words = ConceptResolver.Split(text);
        return words.Length == 0 ? null : Affirmatives.Contains(words[0]) ? true : Negatives.Contains(words[0]) ? false : null;
    }

    public string? ReadValue(string name, AnswerSchema schema)
    {
        var wanted = ConceptResolver.Split(name);
        foreach (var line in page.Lines)
        {
            for (var index = 0; index < line.Cells.Count; index++)
            {
                var cell = line.Cells[index];
                var colon = cell.Text.IndexOf(':', StringComparison.Ordinal);
                var label = colon > 0 ? cell.Text[..colon] : cell.Text;
                if (!IsSame(wanted, label))
                {
                    continue;
                }

                if (colon > 0 && cell.Text[(colon + 1)..].Trim() is { Length: > 0 } beside)
                {
                    return beside;
                }

                if (index + 1 < line.Cells.Count)
                {
                    return line.Cells[index + 1].Text;
                }

                if (page.NextLine(line.Number, within: 1) is { } below && DocumentPage.CellBelow(below, cell.Start, cell.End) is { } value)
                {
                    return value.Text;
                }
            }
        }

        return ReadWhole(wanted, schema);
    }

    /// <summary>A list beside or below its label: parts by comma or semicolon, or bullets.</summary>
    public IReadOnlyList<string> ReadList(string name)
    {
        var wanted = ConceptResolver.Split(name);
        foreach (var line in page.Lines)
        {
            var text = line.Text.Trim();
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var label = colon > 0 ? text[..colon] : text;
            if (!IsSame(wanted, label) && !IsSame(wanted, label + "s"))
            {
                continue;
            }

            if (colon > 0 && text[(colon + 1)..].Trim() is { Length: > 0 } beside)
            {
                return beside.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }

            return [.. page.Lines.Skip(line.Number + 1).TakeWhile(next => !next.IsBlank).Select(next => next.Text.Trim().TrimStart('-', '*', '•', ' ')).Where(item => item.Length > 0)];
        }

        return [];
    }

    /// <summary>The rows of a table whose headings read like the fields; at least two must.</summary>
    public IEnumerable<IReadOnlyList<string?>> ReadTable(IReadOnlyList<string> fields)
    {
        var wanted = fields.Select(ConceptResolver.Split).ToList();
        foreach (var line in page.Lines.Where(line => line.Cells.Count >= 2))
        {
            var columns = wanted.Select(words => line.Cells.ToList().FindIndex(cell => IsSame(words, cell.Text))).ToList();
            if (columns.Count(column => column >= 0) < 2)
            {
                continue;
            }

            foreach (var row in page.Lines.Skip(line.Number + 1).SkipWhile(row => row.IsBlank).TakeWhile(row => !row.IsBlank || row.IsDelimited))
            {
                if (row.Cells.Count >= 2)
                {
                    yield return [.. columns.Select(column => column < 0 ? null : Value(line, row, column))];
                }
            }

            yield break;
        }
    }

    /// <summary>Whether all words of a name occur in the document.</summary>
    public bool Mentions(string name)
    {
        var words = ConceptResolver.Words(page.Text);
        return ConceptResolver.Split(name).All(word => word is "is" or "has" || words.Contains(word));
    }

    private static string? Value(TextLine headings, TextLine row, int column)
    {
        var heading = headings.Cells[column];
        return row.IsDelimited ? (column < row.Cells.Count ? row.Cells[column].Text : null)
            : row.Cells.Count == headings.Cells.Count ? row.Cells[column].Text
            : DocumentPage.CellBelow(row, heading.Start, heading.End)?.Text;
    }

    private string? ReadWhole(string[] wanted, AnswerSchema schema) => (wanted, schema.Type) switch
    {
        (["title" or "heading" or "headline" or "subject"], "string") => page.Lines.FirstOrDefault(line => !line.IsBlank)?.Text.Trim(),
        (["text" or "content" or "transcript" or "transcription"], "string") => page.Text.Trim(),
        (["summary" or "abstract"], "string") => page.Lines.FirstOrDefault(line => line.Text.Trim().Length > 40)?.Text.Trim(),
        _ => null,
    };

    private static bool IsSame(string[] wanted, string label)
    {
        if (label.Length > 60)
        {
            return false;
        }

        var words = ConceptResolver.Split(label);
        return words.Length > 0 && words.SequenceEqual(wanted, StringComparer.Ordinal);
    }
}
