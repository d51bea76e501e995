using System.Text;
using Spectre.Console;

namespace GeminiBatch;

/// <summary>A table that always fits: columns shrink, texts are cut with an ellipsis, and what still has no room is left out from the back of the order of importance.</summary>
internal sealed class TextTable
{
    private const int Gap = 2;
    private const int Narrowest = 14;
    private const int Widest = 80;
    private readonly List<Column> _columns = [];
    private readonly List<Row> _rows = [];

    /// <summary>Adds a column.</summary>
    /// <param name="name">Its heading.</param>
    /// <param name="right">Whether its values stand at the right and are never cut, as numbers.</param>
    /// <param name="importance">The higher, the earlier it is left out.</param>
    /// <param name="optional">Whether it is shown only where nothing has to shrink for it.</param>
    /// <param name="whole">Whether its values are never cut.</param>
    public void AddColumn(string name, bool right = false, int importance = 0, bool optional = false, bool whole = false) =>
        _columns.Add(new Column(name, right, importance, optional, whole || right));

    public void AddRow(IReadOnlyList<string> cells) => _rows.Add(new Row([.. cells.Select(TerminalText.OneLine)], null, null));

    /// <summary>Adds a row of a first cell and a text over all the others.</summary>
    public void AddRemark(string first, string remark, string style) => _rows.Add(new Row([TerminalText.OneLine(first)], TerminalText.OneLine(remark), style));

    /// <summary>The lines of the table in markup, none wider than <paramref name="width"/> cells.</summary>
    public IEnumerable<string> Render(int width)
    {
        var natural = _columns.Select((column, index) =>
            Math.Min(column.Whole ? int.MaxValue : Widest, _rows.Where(row => index < row.Cells.Count).Select(row => row.Cells[index].GetCellWidth()).Append(column.Name.GetCellWidth()).Max())).ToArray();
        var shown = Choose(natural, width);
        var widths = Fit(natural, shown, width);
        yield return $"[bold]{Join(shown, widths, index => _columns[index].Name)}[/]";
        yield return $"[dim]{new string('─', shown.Sum(index => widths[index]) + (Gap * (shown.Count - 1)))}[/]";
        foreach (var row in _rows)
        {
            var line = row.Remark is null ? Join(shown, widths, index => row.Cells[index]) : Join([shown[0]], widths, _ => row.Cells[0]);
            if (row.Remark is not null)
            {
                var beside = widths[shown[0]] + Gap;
                line = line + new string(' ', beside - Markup.Remove(line).GetCellWidth()) + Markup.Escape(Cut(row.Remark, Math.Max(1, width - beside)));
            }

            yield return row.Style is null ? line : $"[{row.Style}]{line}[/]";
        }
    }

    private List<int> Choose(int[] natural, int width)
    {
        var shown = new List<int>();
        var used = -Gap;
        var full = -Gap;
        foreach (var index in Enumerable.Range(0, _columns.Count).OrderBy(index => _columns[index].Importance))
        {
            var column = _columns[index];
            var least = (column.Whole || column.Optional ? natural[index] : Math.Min(natural[index], Narrowest)) + Gap;
            if ((column.Optional ? full : used) + least > width)
            {
                break;
            }

            used += least;
            full += natural[index] + Gap;
            shown.Add(index);
        }

        shown.Sort();
        return shown;
    }

    private int[] Fit(int[] natural, List<int> shown, int width)
    {
        var widths = (int[])natural.Clone();
        var surplus = shown.Sum(index => widths[index]) + (Gap * (shown.Count - 1)) - width;
        while (surplus > 0)
        {
            var longest = shown.Where(index => !_columns[index].Whole).DefaultIfEmpty(shown[0]).MaxBy(index => widths[index]);
            if (widths[longest] <= 1 || _columns[longest].Whole)
            {
                break;
            }

            widths[longest]--;
            surplus--;
        }

        return widths;
    }

    private string Join(List<int> shown, int[] widths, Func<int, string> cell)
    {
        var line = new StringBuilder();
        foreach (var index in shown)
        {
            var text = Cut(cell(index), widths[index]);
            var padding = new string(' ', Math.Max(0, widths[index] - text.GetCellWidth()));
            line.Append(line.Length == 0 ? "" : new string(' ', Gap)).Append(_columns[index].Right ? padding + text : text + padding);
        }

        return Markup.Escape(line.ToString().TrimEnd());
    }

    /// <summary>The beginning of a text that is too wide, with an ellipsis.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var cut = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > width)
            {
                break;
            }

            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }

    private sealed record Column(string Name, bool Right, int Importance, bool Optional, bool Whole);

    private sealed record Row(IReadOnlyList<string> Cells, string? Remark, string? Style);
}
