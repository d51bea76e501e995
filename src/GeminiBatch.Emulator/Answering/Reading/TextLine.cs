namespace GeminiBatch.Emulator;

/// <summary>One line of a document with its columns kept.</summary>
internal sealed class TextLine
{
    private TextLine(int number, string text, IReadOnlyList<TextCell> cells, bool isDelimited)
    {
        Number = number;
        Text = text;
        Cells = cells;
        IsDelimited = isDelimited;
    }

    public int Number { get; }

    /// <summary>The line without borders, bullets of emphasis and leaders, every other character in its column.</summary>
    public string Text { get; }

    public IReadOnlyList<TextCell> Cells { get; }

    /// <summary>Whether cells are separated by tabs or bars, so that the n-th cell belongs to the n-th heading.</summary>
    public bool IsDelimited { get; }

    public bool IsBlank => Cells.Count == 0;

    public static TextLine Read(int number, string raw)
    {
        var trimmed = raw.Trim();
        if (trimmed.Contains('\t', StringComparison.Ordinal))
        {
            return Delimited(number, trimmed.Length < raw.Length && raw.StartsWith('\t') ? raw.TrimEnd() : trimmed, '\t');
        }

        if (trimmed.Trim('|').Contains('|', StringComparison.Ordinal))
        {
            return Delimited(number, trimmed.Trim('|').Replace("**", "", StringComparison.Ordinal), '|');
        }

        var text = Clean(raw);
        return new TextLine(number, text, Split(text), isDelimited: false);
    }

    private static TextLine Delimited(int number, string text, char separator)
    {
        var cells = new List<TextCell>();
        var shown = new System.Text.StringBuilder();
        foreach (var cell in text.Split(separator))
        {
            var value = cell.Trim();
            if (value.Length > 0 && value.All(letter => letter is '-' or ':'))
            {
                return new TextLine(number, "", [], isDelimited: true);
            }

            cells.Add(new TextCell(value, shown.Length));
            shown.Append(value).Append("   ");
        }

        return new TextLine(number, shown.ToString().TrimEnd(), cells, isDelimited: true);
    }

    private static string Clean(string raw)
    {
        var text = raw.Replace('\u00a0', ' ').Replace('\u202f', ' ').TrimEnd().ToCharArray();
        for (var index = 0; index < text.Length && text[index] == '#'; index++)
        {
            text[index] = ' ';
        }

        for (var index = 0; index < text.Length; index++)
        {
            var isRun = index + 1 < text.Length && text[index] == text[index + 1];
            if (text[index] == '|' || (text[index] is '=' or '_' or '*' or '-' or '+' && isRun))
            {
                var mark = text[index];
                do
                {
                    text[index++] = ' ';
                }
                while (index < text.Length && text[index] == mark && mark != '|');
                index--;
            }
            else if (text[index] is '.' or '\u2026' && index + 2 < text.Length && text[index + 1] == text[index] && text[index + 2] == text[index])
            {
                while (index < text.Length && text[index] is '.' or '\u2026')
                {
                    text[index++] = ' ';
                }

                index--;
            }
        }

        return new string(text).TrimEnd();
    }

    private static List<TextCell> Split(string text)
    {
        var cells = new List<TextCell>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var gap = index == text.Length || (text[index] == ' ' && (index + 1 == text.Length || text[index + 1] == ' '));
            if (!gap && start < 0 && text[index] != ' ')
            {
                start = index;
            }
            else if (gap && start >= 0)
            {
                cells.Add(new TextCell(text[start..index].TrimEnd(), start));
                start = -1;
            }
        }

        return cells;
    }
}
