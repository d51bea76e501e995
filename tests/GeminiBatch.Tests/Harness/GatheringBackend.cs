using System.Text.Json;

namespace GeminiBatch.Tests;

/// <summary>A backend whose first lookups wait for each other: asked one at a time, it never answers.</summary>
internal sealed class GatheringBackend(int together) : IBatchBackend
{
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _now;

    public int Lookups { get; private set; }

    public int MostAtOnce { get; private set; }

    public BackendIdentity Identity => throw new NotSupportedException();

    public BackendLimits Limits => throw new NotSupportedException();

    public string DefaultModel => throw new NotSupportedException();

    public async ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
            if (++Lookups == together)
            {
                _gathered.SetResult();
            }
        }

        await _gathered.Task.WaitAsync(cancellationToken);
        lock (_lock)
        {
            _now--;
        }

        return new(address, "application/pdf", "1");
    }

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null) => throw new NotSupportedException();

    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
