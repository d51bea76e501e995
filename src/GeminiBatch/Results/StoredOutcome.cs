using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>An ended item as the ledger has it, without its raw row.</summary>
internal sealed record StoredOutcome(
    long Sequence, long Item, string Document, string? MetadataJson, RowKey Key, RowState State, int Attempts, long Recipe, string? Reason, long? Chunk, int Ordinal, string? Error, bool IsCached, long? Cost, DocumentSection? Section, bool IsOutdated)
{
    /// <summary>All sections of the document, when this stands for the whole of it; empty otherwise.</summary>
    public IReadOnlyList<StoredOutcome> Sections { get; init; } = [];

    private const string Columns =
        """
        r.settled, i.id, i.document, i.metadata, r.key, r.state, r.attempt, r.recipe, r.reason, r.chunk, r.ordinal,
        CASE WHEN r.state = 4 THEN coalesce((SELECT e.message FROM row_errors e WHERE e.row = r.id),
            (SELECT j.error_message FROM jobs j WHERE j.shard = r.shard AND j.error_message IS NOT NULL ORDER BY j.id DESC LIMIT 1)) END,
        r.cached IS NOT NULL, r.cost, i.whole, i.section, i.sections, i.first_page, i.last_page
        """;

    /// <summary>In the order in which they ended, after a sequence and an item: $1 run, $2 sequence, $3 item, $4 limit.</summary>
    public const string ByArrival =
        $"""
        SELECT {Columns} FROM rows r JOIN items i ON i.row = r.id
        WHERE r.run = $1 AND r.settled >= $2 AND i.run = $1 AND i.superseded = 0 AND (r.settled > $2 OR i.id > $3) ORDER BY r.settled, i.id LIMIT $4
        """;

    /// <summary>In plan order, what a document said before it changed as long as it has no newer answer; after an item: $1 run, $2 item, $3 limit.</summary>
    public const string ByPlan =
        $"""
        SELECT {Columns}, i.superseded FROM items i JOIN rows r ON r.id = i.row
        WHERE i.id > $2 AND i.run = $1 AND r.state IN (3, 4) AND (i.superseded = 0 OR (r.state = 3
            AND EXISTS (SELECT 1 FROM items n JOIN rows q ON q.id = n.row WHERE n.run = $1 AND n.document = i.document AND n.superseded = 0 AND q.state < 3)
            AND NOT EXISTS (SELECT 1 FROM items o JOIN rows q ON q.id = o.row WHERE o.run = $1 AND o.document = i.document AND o.superseded = 1 AND o.id > i.id AND q.state = 3)))
        ORDER BY i.id LIMIT $3
        """;

    /// <summary>The sections of one document that have ended, in page order: $1 run, $2 document.</summary>
    public const string OfSections =
        $"""
        SELECT {Columns} FROM items i JOIN rows r ON r.id = i.row
        WHERE i.run = $1 AND i.whole = $2 AND i.superseded = 0 AND r.settled IS NOT NULL ORDER BY i.section
        """;

    public static StoredOutcome Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetString(3),
        RowKey.FromHash(reader.GetFieldValue<byte[]>(4)),
        (RowState)reader.GetInt32(5),
        reader.GetInt32(6),
        reader.GetInt64(7),
        reader.IsDBNull(8) ? null : reader.GetString(8),
        reader.IsDBNull(9) ? null : reader.GetInt64(9),
        reader.IsDBNull(10) ? 0 : reader.GetInt32(10),
        reader.IsDBNull(11) ? null : reader.GetString(11),
        reader.GetBoolean(12),
        reader.IsDBNull(13) ? null : reader.GetInt64(13),
        reader.IsDBNull(14) ? null : new DocumentSection(reader.GetString(14), reader.GetInt32(15), reader.GetInt32(16), reader.GetInt32(17), reader.GetInt32(18)),
        reader.FieldCount > 19 && reader.GetBoolean(19));
}
