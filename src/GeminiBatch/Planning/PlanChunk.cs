namespace GeminiBatch;

/// <summary>Writes one chunk of read documents into rows and items, inside one transaction.</summary>
internal sealed class PlanChunk(LedgerConnection connection, long run, SpoolWriter spool, PassPositions positions, KnownAnswers answers, long knownLength)
{
    private const string InsertRow =
        "INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING";

    private const string InsertAnsweredRow =
        """
        INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items, state, cached, chunk, ordinal, repairs, settled)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 3, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
        """;

    private const string InsertFailedRow =
        """
        INSERT INTO rows (run, key, recipe, spool_offset, spool_length, tokens, items, state, reason, settled)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 4, $7, $8) ON CONFLICT DO NOTHING
        """;

    private const string InsertItem =
        """
        INSERT INTO items (run, document, row, metadata, whole, section, sections, first_page, last_page) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """;

    private const string OthersOfDocument =
        """
        SELECT i.id, i.row, i.metadata, i.section, i.sections, r.state, r.cached IS NOT NULL FROM items i JOIN rows r ON r.id = i.row
        WHERE i.run = $1 AND i.superseded = 0 AND (i.whole = $2 OR i.document = $2) AND i.document <> $3
        """;

    private readonly PlanTally _tally = new(connection, run);

    // Rare enough that documents of runs without them are not asked about.
    private bool _hasSections = connection.Number("SELECT 1 FROM items WHERE run = $1 AND whole IS NOT NULL AND superseded = 0 LIMIT 1", run) is not null;

    public bool HasChanges => !_tally.IsEmpty;

    public void Write(PlannedDocument document, ReadOnlySpan<byte> rowBytes)
    {
        // Most documents are new: they are written at once and looked at again only when they turn out to be known.
        var key = document.Key.ToBytes();
        var row = NewRow(document, key, rowBytes) ?? ExistingRow(document, key, rowBytes);
        WriteItem(document, row);
        if (document.Section is { } section)
        {
            _hasSections = true;
            SupersedeOthers(section.DocumentId, document, isLast: section.Number == section.Count);
        }
        else if (_hasSections)
        {
            SupersedeOthers(document.Id, document, isLast: true);
        }
    }

    public void WriteCounts(long spoolLength) => _tally.Write(spoolLength);

    private static DocumentException Duplicate(PlannedDocument document, int first) => new(
        document.Id, "duplicate_id", $"Document {first} and document {document.Position} of the stream have the same id '{document.Id}'. Give each document an id of its own, for example its path.");

    private void WriteItem(PlannedDocument document, RowPlace row)
    {
        if (!InsertNew(document, row.Id))
        {
            var known = FindItem(document.Id);
            Meet(document, known.Id);
            if (known.Row == row.Id)
            {
                // With other limits the same pages may be another one of more or fewer sections.
                var section = document.Section;
                if (!string.Equals(known.MetadataJson, document.MetadataJson, StringComparison.Ordinal) || (known.Section, known.Sections) != (section?.Number, section?.Count))
                {
                    connection.Execute(
                        "UPDATE items SET metadata = $2, whole = $3, section = $4, sections = $5, first_page = $6, last_page = $7 WHERE id = $1",
                        known.Id, document.MetadataJson, section?.DocumentId, section?.Number, section?.Count, section?.FirstPage, section?.LastPage);
                }

                return;
            }

            Supersede(known);
            InsertNew(document, row.Id);
        }

        positions.Add(connection.InsertedId(), document.Position);
        if (!row.IsNew)
        {
            connection.Execute("UPDATE rows SET items = items + 1 WHERE id = $1", row.Id);
        }

        _tally.AddItem(row.State, row.IsCached);
    }

    private bool InsertNew(PlannedDocument document, long row)
    {
        var section = document.Section;
        return connection.Execute(
            InsertItem, run, document.Id, row, document.MetadataJson, section?.DocumentId, section?.Number, section?.Count, section?.FirstPage, section?.LastPage) > 0;
    }

    private void Supersede(KnownItem item)
    {
        connection.Execute("UPDATE items SET superseded = 1 WHERE id = $1", item.Id);
        connection.Execute("UPDATE rows SET items = items - 1 WHERE id = $1", item.Row);
        _tally.Supersede(item.State, item.IsCached);
    }

    // What an earlier reading made of the document, whole or in other sections, is nothing of it any more.
    private void SupersedeOthers(string id, PlannedDocument document, bool isLast)
    {
        if (!isLast)
        {
            return;
        }

        foreach (var other in connection.List(OthersOfDocument, KnownItem.Read, run, id, document.Id))
        {
            switch (positions.Find(other.Id))
            {
                case 0:
                    Supersede(other);
                    break;
                case var position when position != document.Position:
                    throw Duplicate(document, position);
            }
        }
    }

    private void Meet(PlannedDocument document, long item)
    {
        if (positions.Find(item) is > 0 and var first)
        {
            throw Duplicate(document, first);
        }

        positions.Add(item, document.Position);
    }

    private KnownItem FindItem(string id) => connection.List(
        "SELECT i.id, i.row, i.metadata, i.section, i.sections, r.state, r.cached IS NOT NULL FROM items i JOIN rows r ON r.id = i.row WHERE i.run = $1 AND i.document = $2 AND i.superseded = 0", KnownItem.Read, run, id)[0];

    private RowPlace? NewRow(PlannedDocument document, byte[] key, ReadOnlySpan<byte> rowBytes)
    {
        var answer = document.Failure is null ? answers.Find(connection, key) : null;
        var changed = (document.Failure, answer) switch
        {
            ({ } failure, _) => connection.Execute(InsertFailedRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens, failure.Reason, _tally.NextSequence),
            (_, { } known) => connection.Execute(
                InsertAnsweredRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens, known.Run, known.Chunk, known.Ordinal, known.Repairs, _tally.NextSequence),
            _ => connection.Execute(InsertRow, run, key, document.Recipe, spool.Length, document.Length, document.Tokens),
        };
        if (changed == 0)
        {
            return null;
        }

        var id = connection.InsertedId();
        spool.Append(rowBytes);
        var state = document.Failure is not null ? RowState.Failed : answer is not null ? RowState.Succeeded : RowState.Planned;
        _tally.AddRow(isSettled: state != RowState.Planned);
        if (document.Failure is { } unsendable)
        {
            connection.Execute("INSERT INTO row_errors (row, message) VALUES ($1, $2)", id, unsendable.Message);
        }

        return new(id, state, answer is not null, IsNew: true);
    }

    private RowPlace ExistingRow(PlannedDocument document, byte[] key, ReadOnlySpan<byte> rowBytes)
    {
        var row = connection.List(
            "SELECT id, state, cached IS NOT NULL, items, attempt = 0 AND shard IS NULL, spool_offset FROM rows WHERE run = $1 AND key = $2",
            static reader => (Place: new RowPlace(reader.GetInt64(0), (RowState)reader.GetInt32(1), reader.GetBoolean(2), IsNew: false), Items: reader.GetInt64(3), WasNeverSent: reader.GetBoolean(4), Offset: reader.GetInt64(5)),
            run, key)[0];
        if (document.MayHaveMoved && row.Place.State is RowState.Planned or RowState.Failed && row.Offset < knownLength && !spool.Holds(row.Offset, rowBytes))
        {
            // The same content under another address: what is sent from now on names the new one.
            connection.Execute("UPDATE rows SET spool_offset = $2, spool_length = $3 WHERE id = $1", row.Place.Id, spool.Length, document.Length);
            spool.Append(rowBytes);
            _tally.Move();
        }

        if (row.Place.State != RowState.Failed || !row.WasNeverSent || document.Failure is not null)
        {
            return row.Place;
        }

        // It could not be read before, and can now.
        connection.Execute("UPDATE rows SET state = 0, reason = NULL, settled = NULL WHERE id = $1", row.Place.Id);
        connection.Execute("DELETE FROM row_errors WHERE row = $1", row.Place.Id);
        _tally.Revive(row.Items);
        return row.Place with { State = RowState.Planned };
    }

    private readonly record struct KnownItem(long Id, long Row, string? MetadataJson, int? Section, int? Sections, RowState State, bool IsCached)
    {
        public static KnownItem Read(Microsoft.Data.Sqlite.SqliteDataReader reader) => new(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.IsDBNull(3) ? null : reader.GetInt32(3),
            reader.IsDBNull(4) ? null : reader.GetInt32(4),
            (RowState)reader.GetInt32(5),
            reader.GetBoolean(6));
    }

    private readonly record struct RowPlace(long Id, RowState State, bool IsCached, bool IsNew);
}
