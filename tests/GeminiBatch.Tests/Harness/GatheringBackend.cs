using System.Text.Json;

namespace GeminiBatch.Tests;

/// <summary>The backend behind it, whose first lookups or uploads of media wait for each other: asked one at a time, it never answers.</summary>
internal sealed class GatheringBackend(IBatchBackend inner, int together) : IBatchBackend
{
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _now;

    public int Calls { get; private set; }

    public int MostAtOnce { get; private set; }

    public BackendIdentity Identity => inner.Identity;

    public BackendLimits Limits => inner.Limits;

    public string DefaultModel => inner.DefaultModel;

    public async ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default)
    {
        using var call = await GatherAsync(cancellationToken);
        return new(address, "application/pdf", "1");
    }

    public async ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default)
    {
        if (!file.Name.StartsWith("gbc-", StringComparison.Ordinal))
        {
            return await inner.StageAsync(file, cancellationToken);
        }

        using var call = await GatherAsync(cancellationToken);
        return await inner.StageAsync(file, cancellationToken);
    }

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null) => inner.WriteRow(writer, key, request, metadata);

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.CreateJobAsync(creation, cancellationToken);

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.FindJobsAsync(creation, cancellationToken);

    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => inner.GetJobAsync(name, cancellationToken);

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => inner.CancelJobAsync(name, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => inner.ReadResultLinesAsync(job, cancellationToken);

    private async Task<IDisposable> GatherAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
            if (++Calls == together)
            {
                _gathered.SetResult();
            }
        }

        await _gathered.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        return new Call(this);
    }

    private sealed class Call(GatheringBackend backend) : IDisposable
    {
        public void Dispose()
        {
            lock (backend._lock)
            {
                backend._now--;
            }
        }
    }
}
