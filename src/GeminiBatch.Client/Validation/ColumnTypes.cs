using System.Text.Json;

namespace GeminiBatch;

/// <summary>The JSON kind of each column that a file has beside its requests. Files have few; a hostile one is followed only so far.</summary>
internal sealed class ColumnTypes
{
    /// <summary>Characters of a column's name (protocol: 3.5). Longer ones are reported for that and not kept.</summary>
    internal const int MaxName = 300;

    private const int MaxColumns = 1_000;
    private readonly Dictionary<string, JsonTokenType> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The other kind that the column had in an earlier row; null when there is none.</summary>
    internal JsonTokenType? Differs(string column, JsonTokenType kind)
    {
        JsonTokenType known = kind == JsonTokenType.False ? JsonTokenType.True : kind;
        if (_kinds.TryGetValue(column, out JsonTokenType earlier))
        {
            return earlier == known ? null : earlier;
        }

        if (_kinds.Count < MaxColumns && column.Length <= MaxName)
        {
            _kinds.Add(column, known);
        }

        return null;
    }
}
