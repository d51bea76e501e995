using System.Buffers;
using System.Text;

namespace GeminiBatch;

/// <summary>
/// Rows of a CSV file after RFC 4180: UTF-8, commas, CRLF, quotes where needed. Numbers are written as in the JSON, in no culture; no value is an empty
/// cell and an empty text is <c>""</c>. A text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a line break), or that
/// begins with an apostrophe, gets an apostrophe in front; numbers never do.
/// </summary>
internal static class CsvRow
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> s_marked = SearchValues.Create("=+-@\t\r\n'");

    public static string Write(IEnumerable<string?> cells)
    {
        var row = new StringBuilder();
        var isFirst = true;
        foreach (var cell in cells)
        {
            row.Append(isFirst ? "" : ",");
            isFirst = false;
            if (cell is { Length: 0 } || cell.AsSpan().ContainsAny(s_quoted))
            {
                row.Append('"').Append(cell!.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                row.Append(cell);
            }
        }

        return row.Append("\r\n").ToString();
    }

    public static string Text(string text) => text.Length > 0 && s_marked.Contains(text[0]) ? "'" + text : text;

    /// <summary>The inverse of <see cref="Text"/>.</summary>
    public static string ReadText(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;
}
