using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>Reads the rows that <see cref="CsvRow"/> writes, and those of other writers of RFC 4180: a cell that is empty without quotes is null.</summary>
internal static class CsvRows
{
    // A field of a model's answer; a row has as many as the schema has fields.
    private const int LongestCell = 64 * 1024 * 1024;

    public static async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new char[16 * 1024];
        var row = new List<string?>();
        var cell = new StringBuilder();
        var (isQuoted, wasQuoted, line) = (false, false, 1L);
        var mayEscape = false;
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (var index = 0; index < read; index++)
            {
                var character = buffer[index];
                line += character == '\n' ? 1 : 0;
                if (mayEscape)
                {
                    mayEscape = false;
                    if (character == '"')
                    {
                        cell.Append('"');
                        continue;
                    }

                    isQuoted = false;
                }

                if (isQuoted)
                {
                    mayEscape = character == '"';
                    cell.Append(mayEscape ? "" : character.ToString());
                }
                else if (character == '"' && cell.Length == 0 && !wasQuoted)
                {
                    (isQuoted, wasQuoted) = (true, true);
                }
                else if (character is ',' or '\n')
                {
                    row.Add(Take());
                    if (character == '\n')
                    {
                        yield return row;
                        row = [];
                    }
                }
                else if (character != '\r')
                {
                    cell.Append(character);
                }

                if (cell.Length > LongestCell)
                {
                    throw new FormatException($"A cell of the CSV file in line {line} has no end. Is a quote missing?");
                }
            }
        }

        if (isQuoted && !mayEscape)
        {
            throw new FormatException($"The CSV file ends within quotes in line {line}. It was cut off.");
        }

        if (cell.Length > 0 || wasQuoted || row.Count > 0)
        {
            row.Add(Take());
            yield return row;
        }

        string? Take()
        {
            var text = cell.Length == 0 && !wasQuoted ? null : cell.ToString();
            cell.Clear();
            wasQuoted = false;
            return text;
        }
    }
}
