namespace GeminiBatch.Emulator;

/// <summary>The bytes of one resumable upload. What was written stays, whatever ends the request or the process.</summary>
internal sealed class GrowingBlob(StateFolder state, string path) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private RunningDigest? digest;

    /// <summary>One request at a time; a query waits until a broken chunk has ended.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public long Length => new FileInfo(path) is { Exists: true } blob ? blob.Length : 0;

    /// <summary>Appends a body, at most <paramref name="keep"/> bytes of it after leaving out <paramref name="skip"/>; what comes later is read and dropped.</summary>
    public async Task AppendAsync(Stream body, long skip, long keep, long limit, CancellationToken ct)
    {
        var running = await CatchUpAsync(ct);
        await using var blob = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var received = blob.Length;
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await body.ReadAsync(buffer, ct)) > 0)
        {
            var skipped = (int)Math.Min(count, skip);
            skip -= skipped;
            var kept = (int)Math.Min(count - skipped, keep);
            if (received + kept > limit)
            {
                throw ApiException.InvalidArgument($"Upload exceeds the {limit} bytes that are announced or allowed.");
            }

            state.Reserve(kept);
            await blob.WriteAsync(buffer.AsMemory(skipped, kept), CancellationToken.None);
            running.Append(buffer.AsSpan(skipped, kept));
            received += kept;
            keep -= kept;
        }
    }

    /// <summary>Cuts the end off, to a length that a server of whole granules would have kept.</summary>
    public void Truncate(long length)
    {
        if (length < Length)
        {
            state.Release(Length - length);
            using var blob = new FileStream(path, FileMode.Open, FileAccess.Write);
            blob.SetLength(length);
        }
    }

    public async Task<ContentDigest> FinishAsync(CancellationToken ct) => (await CatchUpAsync(ct)).Finish();

    public void Dispose()
    {
        digest?.Dispose();
        Turn.Dispose();
    }

    /// <summary>The checksums of what lies on disk: read again where an earlier process, an error or a cut left the running ones behind.</summary>
    private async Task<RunningDigest> CatchUpAsync(CancellationToken ct)
    {
        if (digest is not null && digest.Length == Length)
        {
            return digest;
        }

        digest?.Dispose();
        digest = null;
        var fresh = new RunningDigest();
        try
        {
            await using var received = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read);
            var buffer = new byte[BufferBytes];
            int count;
            while ((count = await received.ReadAsync(buffer, ct)) > 0)
            {
                fresh.Append(buffer.AsSpan(0, count));
            }
        }
        catch
        {
            fresh.Dispose();
            throw;
        }

        return digest = fresh;
    }
}
