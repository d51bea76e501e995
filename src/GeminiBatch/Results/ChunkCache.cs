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
                : throw new LedgerException(ledger.Path, LedgerProblem.Corrupt, $"The ledger '{ledger.Path}' lacks the result rows of chunk {chunk}. Restore it from a copy.");
        });
        _chunks.AddFirst((chunk, rows));
        if (_chunks.Count > Kept)
        {
            _chunks.RemoveLast();
        }

        return rows[ordinal];
    }
}
