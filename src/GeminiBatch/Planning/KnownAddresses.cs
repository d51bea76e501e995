namespace GeminiBatch;

/// <summary>What rows of the run say of a document's address, where the backend does not tell it now.</summary>
internal sealed class KnownAddresses(LedgerDatabase ledger, SpoolFolder spools, long run)
{
    private const string RowOfDocument =
        """
        SELECT r.spool_offset, r.spool_length, r.state, r.attempt > 0 OR r.shard IS NOT NULL OR r.state = 3 FROM items i JOIN rows r ON r.id = i.row
        WHERE i.run = $1 AND i.superseded = 0 AND (i.document = $2 OR i.whole = $2) ORDER BY i.id LIMIT 1
        """;

    /// <summary>The address as it was sent; <see langword="null"/> when it never was.</summary>
    public SpoolPart.Uri? FindSent(string document, string address) => Find(document, address, static row => row.WasSent);

    /// <summary>The address as it was answered; <see langword="null"/> when it never was.</summary>
    public SpoolPart.Uri? FindAnswered(string document, string address) => Find(document, address, static row => row.State == RowState.Succeeded);

    private SpoolPart.Uri? Find(string document, string address, Func<Place, bool> isMeant)
    {
        var rows = ledger.Read(connection => connection.List(RowOfDocument, Place.Read, run, document));
        if (rows.Count == 0 || !isMeant(rows[0]))
        {
            return null;
        }

        using var spool = new SpoolReader(spools.RowsPath(run), ledger.Path);
        return spool.ReadRow(rows[0].Offset, rows[0].Length).Parts.OfType<SpoolPart.Uri>().FirstOrDefault(part => IsSame(part.Address, address));
    }

    // Of the Files API, the service's own form of the address was sent.
    private static bool IsSame(string sent, string address) =>
        string.Equals(sent, address, StringComparison.Ordinal) || (address.StartsWith("files/", StringComparison.Ordinal) && sent.EndsWith("/" + address, StringComparison.Ordinal));

    private readonly record struct Place(long Offset, int Length, RowState State, bool WasSent)
    {
        public static Place Read(Microsoft.Data.Sqlite.SqliteDataReader reader) => new(reader.GetInt64(0), reader.GetInt32(1), (RowState)reader.GetInt32(2), reader.GetBoolean(3));
    }
}
