namespace GeminiBatch;

/// <summary>Cuts a stream of rows into shards within the limits, in order, one open shard for each model.</summary>
internal sealed class ShardPacker(long maxBytes, int maxRows, bool isRetry, Func<string, long?>? maxTokens = null)
{
    private readonly Dictionary<string, PackedShard> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _maxTokens = new(StringComparer.Ordinal);

    /// <summary>Adds a row; returns a shard that is complete without it, if it does not fit any more.</summary>
    public PackedShard? Add(string model, long row, long bytes, long tokens)
    {
        PackedShard? full = null;
        if (_open.TryGetValue(model, out var open) && (open.Rows >= maxRows || open.Bytes + bytes > maxBytes || open.Tokens + tokens > MaxTokens(model)))
        {
            full = open;
            open = null;
        }

        _open[model] = open is null
            ? new(model, isRetry, 1, bytes, tokens, row, row)
            : open with { Rows = open.Rows + 1, Bytes = open.Bytes + bytes, Tokens = open.Tokens + tokens, LastRow = row };
        return full;
    }

    /// <summary>The shards that are not full.</summary>
    public IEnumerable<PackedShard> Finish() => _open.Values.OrderBy(static shard => shard.FirstRow);

    private long MaxTokens(string model)
    {
        if (!_maxTokens.TryGetValue(model, out var most))
        {
            _maxTokens.Add(model, most = maxTokens?.Invoke(model) ?? long.MaxValue);
        }

        return most;
    }
}
