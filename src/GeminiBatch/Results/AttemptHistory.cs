namespace GeminiBatch;

/// <summary>Reads every sending of a document from the ledger.</summary>
internal static class AttemptHistory
{
    private const string Earlier =
        """
        SELECT a.row, i.section, a.attempt, a.reason, a.chunk, a.ordinal, a.cost FROM attempts a JOIN items i ON i.row = a.row
        WHERE i.run = $1 AND (i.document = $2 OR i.whole = $2) AND i.superseded = 0
        """;

    private const string Last =
        """
        SELECT r.id, i.section, r.attempt, CASE r.state WHEN 3 THEN NULL ELSE r.reason END, r.chunk, r.ordinal, r.cost FROM rows r JOIN items i ON i.row = r.id
        WHERE i.run = $1 AND (i.document = $2 OR i.whole = $2) AND i.superseded = 0 AND r.state IN (3, 4) AND r.attempt > 0
        """;

    public static IReadOnlyList<ExtractionAttempt> Read(LedgerDatabase ledger, long run, string document)
    {
        var chunks = new ChunkCache(ledger);
        var places = ledger.ReadSnapshot(connection => (List<Place>)[.. connection.List(Earlier, Place.Read, run, document), .. connection.List(Last, Place.Read, run, document)]);
        return places.DistinctBy(static place => (place.Row, place.Section, place.Number)).OrderBy(static place => (place.Section, place.Number)).Select(place =>
        {
            var row = place.Chunk is { } chunk ? ResultRowReader.Read(chunks.Row(chunk, place.Ordinal)) : null;
            return new ExtractionAttempt
            {
                Number = place.Number,
                Reason = place.Reason,
                RawAnswer = row is { AnswerText.Length: > 0 } ? row.AnswerText : null,
                Usage = row?.Usage,
                Cost = place.Cost is { } cost ? Money.ToDollars(cost) : null,
                ModelVersion = row?.ModelVersion,
            };
        }).ToList();
    }

    private sealed record Place(long Row, int Section, int Number, string? Reason, long? Chunk, int Ordinal, long? Cost)
    {
        public static Place Read(Microsoft.Data.Sqlite.SqliteDataReader reader) => new(
            reader.GetInt64(0),
            reader.IsDBNull(1) ? 0 : reader.GetInt32(1),
            reader.GetInt32(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.IsDBNull(4) ? null : reader.GetInt64(4),
            reader.IsDBNull(5) ? 0 : reader.GetInt32(5),
            reader.IsDBNull(6) ? null : reader.GetInt64(6));
    }
}
