namespace GeminiBatch;

/// <summary>Writes one chunk of read documents into rows and items, inside one transaction.</summary>
internal sealed class PlanChunk(LedgerConnection connection, long run, SpoolWriter spool, PassPositions positions)
{
    private const string InsertRow =
        "INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING";

    private const string InsertItem = "INSERT INTO items (run, document, row, metadata) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private readonly PlanTally _tally = new();

    public bool HasChanges => !_tally.IsEmpty;

    public void Write(PlannedDocument document, ReadOnlySpan<byte> rowBytes)
    {
        var key = document.Key.ToBytes();
        var known = FindItem(document.Id);
        if (known is { } item && item.Key.AsSpan().SequenceEqual(key))
        {
            Meet(document, item.Id);
            if (!string.Equals(item.MetadataJson, document.MetadataJson, StringComparison.Ordinal))
            {
                connection.Execute("UPDATE items SET metadata = $2 WHERE id = $1", item.Id, document.MetadataJson);
            }

            return;
        }

        if (known is { } changed)
        {
            if (positions.Find(changed.Id) is > 0 and var first)
            {
                throw Duplicate(document, first);
            }

            connection.Execute("UPDATE items SET superseded = 1 WHERE id = $1", changed.Id);
            connection.Execute("UPDATE rows SET items = items - 1 WHERE id = $1", changed.Row);
            _tally.Supersede(changed.State);
        }

        var (row, state) = Row(document, key, rowBytes);
        connection.Execute(InsertItem, run, document.Id, row, document.MetadataJson);
        positions.Add(connection.InsertedId(), document.Position);
        _tally.AddItem(state);
    }

    public void WriteCounts(long spoolLength) => _tally.Write(connection, run, spoolLength);

    private static DocumentException Duplicate(PlannedDocument document, int first) => new(
        document.Id, "duplicate_id", $"Document {first} and document {document.Position} of the stream have the same id '{document.Id}'. Give each document an id of its own, for example its path.");

    private void Meet(PlannedDocument document, long item)
    {
        if (positions.Find(item) is > 0 and var first)
        {
            throw Duplicate(document, first);
        }

        positions.Add(item, document.Position);
    }

    private KnownItem? FindItem(string id)
    {
        using var reader = connection.Query(
            "SELECT i.id, i.row, i.metadata, r.key, r.state FROM items i JOIN rows r ON r.id = i.row WHERE i.run = $1 AND i.document = $2 AND i.superseded = 0", run, id);
        return reader.Read()
            ? new(reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<byte[]>(3), (RowState)reader.GetInt32(4))
            : null;
    }

    private (long Row, RowState State) Row(PlannedDocument document, byte[] key, ReadOnlySpan<byte> rowBytes)
    {
        if (connection.Execute(InsertRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens) == 1)
        {
            var id = connection.InsertedId();
            spool.Append(rowBytes);
            _tally.AddRow();
            return (id, RowState.Planned);
        }

        using var reader = connection.Query("UPDATE rows SET items = items + 1 WHERE run = $1 AND key = $2 RETURNING id, state", run, key);
        reader.Read();
        return (reader.GetInt64(0), (RowState)reader.GetInt32(1));
    }

    private readonly record struct KnownItem(long Id, long Row, string? MetadataJson, byte[] Key, RowState State);
}
