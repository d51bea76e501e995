using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>Reads the rows that <see cref="CsvRow"/> writes, and those of other writers after RFC 4180: a cell that is empty without quotes is null.</summary>
internal sealed class CsvRows
{
    // A field of a model's answer; a row has as many as the schema has fields.
    private const int LongestCell = 64 * 1024 * 1024;

    private readonly StringBuilder _cell = new();
    private List<string?> _row = [];
    private bool _isQuoted;
    private bool _wasQuoted;
    private bool _mayEscape;
    private long _line = 1;

    public static async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new CsvRows();
        var buffer = new char[16 * 1024];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (var index = 0; index < read; index++)
            {
                if (rows.Take(buffer[index]) is { } row)
                {
                    yield return row;
                }
            }
        }

        if (rows.TakeLast() is { } last)
        {
            yield return last;
        }
    }

    // The row that ends with this character, if one does.
    private List<string?>? Take(char character)
    {
        _line += character == '\n' ? 1 : 0;
        if (_mayEscape)
        {
            _mayEscape = false;
            if (character == '"')
            {
                _cell.Append('"');
                return null;
            }

            _isQuoted = false;
        }

        if (_isQuoted)
        {
            _mayEscape = character == '"';
            if (!_mayEscape)
            {
                _cell.Append(character);
            }
        }
        else if (character == '"' && _cell.Length == 0 && !_wasQuoted)
        {
            (_isQuoted, _wasQuoted) = (true, true);
        }
        else if (character is ',' or '\n')
        {
            EndCell();
            if (character == '\n')
            {
                return EndRow();
            }
        }
        else if (character != '\r')
        {
            _cell.Append(character);
        }

        return _cell.Length <= LongestCell ? null : throw new FormatException($"A cell of the CSV file in line {_line} has no end. Is a quote missing?");
    }

    private List<string?>? TakeLast()
    {
        if (_isQuoted && !_mayEscape)
        {
            throw new FormatException($"The CSV file ends within quotes in line {_line}. It was cut off.");
        }

        if (_cell.Length == 0 && !_wasQuoted && _row.Count == 0)
        {
            return null;
        }

        EndCell();
        return EndRow();
    }

    private void EndCell()
    {
        _row.Add(_cell.Length == 0 && !_wasQuoted ? null : _cell.ToString());
        _cell.Clear();
        _wasQuoted = false;
    }

    private List<string?> EndRow()
    {
        var row = _row;
        _row = [];
        return row;
    }
}
