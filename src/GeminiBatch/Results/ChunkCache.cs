namespace GeminiBatch;

/// <summary>The last few decompressed chunks: results in arrival order meet each chunk once.</summary>
internal sealed class ChunkCache(LedgerDatabase ledger)
{
    private const int Kept = 4;
    private readonly LinkedList<(long Id, IReadOnlyList<ReadOnlyMemory<byte>> Rows)> _chunks = new();

    public ReadOnlyMemory<byte> Row(long chunk, int ordinal)
    {
        for (var node = _chunks.First; node is not null; node = node.Next)
        {
            if (node.Value.Id == chunk)
            {
                _chunks.Remove(node);
                _chunks.AddFirst(node);
                return node.Value.Rows[ordinal];
            }
        }

        var rows = ledger.Read(connection =>
        {
            using var reader = connection.Query("SELECT body, rows FROM chunks WHERE id = $1", chunk);
            return reader.Read()
                ? ResultChunk.Decode(reader.GetFieldValue<byte[]>(0), reader.GetInt32(1))
                : throw Lacking(connection, chunk);
        });
        _chunks.AddFirst((chunk, rows));
        if (_chunks.Count > Kept)
        {
            _chunks.RemoveLast();
        }

        return rows[ordinal];
    }

    // Without a row that it answers, it has gone with its run since that row was read.
    private LedgerException Lacking(LedgerConnection connection, long chunk) => connection.Number("SELECT 1 FROM rows WHERE chunk = $1 LIMIT 1", chunk) is null
        ? new(ledger.Path, LedgerProblem.Missing, $"The result rows of chunk {chunk} are not in the ledger '{ledger.Path}' any more: another program has deleted their run.")
        : new(ledger.Path, LedgerProblem.Corrupt, $"The ledger '{ledger.Path}' lacks the result rows of chunk {chunk}. Restore it from a copy.");
}
