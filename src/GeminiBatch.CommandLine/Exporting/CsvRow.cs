using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Rows of a CSV file after RFC 4180: UTF-8, commas, CRLF, quotes where needed. Numbers are written as in the JSON, in no culture.
/// A text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a line break) gets an apostrophe in front;
/// numbers never do. The JSONL file has every text as it is.
/// </summary>
internal static class CsvRow
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> s_formula = SearchValues.Create("=+-@\t\r\n");

    public static string Write(IEnumerable<string> cells)
    {
        var row = new StringBuilder();
        foreach (var cell in cells)
        {
            row.Append(row.Length == 0 ? "" : ",");
            if (cell.AsSpan().ContainsAny(s_quoted) || (row.Length == 0 && cell.Length == 0))
            {
                row.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                row.Append(cell);
            }
        }

        return row.Append("\r\n").ToString();
    }

    public static string Text(string text) => text.Length > 0 && s_formula.Contains(text[0]) ? "'" + text : text;

    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => Text(value.GetString()!),
        _ => value.GetRawText(),
    };
}
