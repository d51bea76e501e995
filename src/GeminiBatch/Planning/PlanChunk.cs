namespace GeminiBatch;

/// <summary>Writes one chunk of read documents into rows and items, inside one transaction.</summary>
internal sealed class PlanChunk(LedgerConnection connection, long run, SpoolWriter spool, PassPositions positions, KnownAnswers answers)
{
    private const string InsertRow =
        "INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING";

    private const string InsertAnsweredRow =
        """
        INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items, state, cached, chunk, ordinal, repairs, settled)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 3, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
        """;

    private const string InsertItem = "INSERT INTO items (run, document, row, metadata) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private readonly PlanTally _tally = new(connection, run);

    public bool HasChanges => !_tally.IsEmpty;

    public void Write(PlannedDocument document, ReadOnlySpan<byte> rowBytes)
    {
        // Most documents are new: they are written at once and looked at again only when they turn out to be known.
        var key = document.Key.ToBytes();
        var row = NewRow(document, key, rowBytes) ?? ExistingRow(key);
        if (connection.Execute(InsertItem, run, document.Id, row.Id, document.MetadataJson) == 0)
        {
            var known = FindItem(document.Id);
            Meet(document, known.Id);
            if (known.Row == row.Id)
            {
                if (!string.Equals(known.MetadataJson, document.MetadataJson, StringComparison.Ordinal))
                {
                    connection.Execute("UPDATE items SET metadata = $2 WHERE id = $1", known.Id, document.MetadataJson);
                }

                return;
            }

            connection.Execute("UPDATE items SET superseded = 1 WHERE id = $1", known.Id);
            connection.Execute("UPDATE rows SET items = items - 1 WHERE id = $1", known.Row);
            _tally.Supersede(known.State, known.IsCached);
            connection.Execute(InsertItem, run, document.Id, row.Id, document.MetadataJson);
        }

        positions.Add(connection.InsertedId(), document.Position);
        if (!row.IsNew)
        {
            connection.Execute("UPDATE rows SET items = items + 1 WHERE id = $1", row.Id);
        }

        _tally.AddItem(row.State, row.IsCached);
    }

    public void WriteCounts(long spoolLength) => _tally.Write(spoolLength);

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

    private KnownItem FindItem(string id)
    {
        using var reader = connection.Query(
            "SELECT i.id, i.row, i.metadata, r.state, r.cached IS NOT NULL FROM items i JOIN rows r ON r.id = i.row WHERE i.run = $1 AND i.document = $2 AND i.superseded = 0", run, id);
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2), (RowState)reader.GetInt32(3), reader.GetBoolean(4));
    }

    private RowPlace? NewRow(PlannedDocument document, byte[] key, ReadOnlySpan<byte> rowBytes)
    {
        var answer = answers.Find(connection, key);
        var changed = answer is { } known
            ? connection.Execute(InsertAnsweredRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens, known.Run, known.Chunk, known.Ordinal, known.Repairs, _tally.NextSequence)
            : connection.Execute(InsertRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens);
        if (changed == 0)
        {
            return null;
        }

        var id = connection.InsertedId();
        spool.Append(rowBytes);
        _tally.AddRow(isCached: answer is not null);
        return new(id, answer is null ? RowState.Planned : RowState.Succeeded, answer is not null, IsNew: true);
    }

    private RowPlace ExistingRow(byte[] key)
    {
        using var reader = connection.Query("SELECT id, state, cached IS NOT NULL FROM rows WHERE run = $1 AND key = $2", run, key);
        reader.Read();
        return new(reader.GetInt64(0), (RowState)reader.GetInt32(1), reader.GetBoolean(2), IsNew: false);
    }

    private readonly record struct KnownItem(long Id, long Row, string? MetadataJson, RowState State, bool IsCached);

    private readonly record struct RowPlace(long Id, RowState State, bool IsCached, bool IsNew);
}
