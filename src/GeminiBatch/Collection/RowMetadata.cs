using System.Text.Json;

namespace GeminiBatch;

/// <summary>Metadata that travels with a row. Documents that share a row send the first one's.</summary>
internal static class RowMetadata
{
    /// <summary>An expression over <c>rows</c>.</summary>
    public const string OfFirstItem = "(SELECT metadata FROM items WHERE items.row = rows.id AND superseded = 0 AND metadata IS NOT NULL ORDER BY items.id LIMIT 1)";

    /// <summary>Whether what came back with a row is what none of its documents has.</summary>
    public static bool IsOther(LedgerConnection connection, long row, string returned)
    {
        var known = connection.List("SELECT metadata FROM items WHERE row = $1 AND superseded = 0 AND metadata IS NOT NULL", static reader => reader.GetString(0), row);
        using var found = JsonDocument.Parse(returned);
        return known.Count > 0 && !known.Exists(metadata => IsSame(metadata, found.RootElement));
    }

    private static bool IsSame(string metadata, JsonElement returned)
    {
        using var known = JsonDocument.Parse(metadata);
        return JsonElement.DeepEquals(known.RootElement, returned);
    }
}
