using System.Text.Json;

namespace GeminiBatch.Tests;

/// <summary>The backend behind it, asked with another key of the same project.</summary>
internal sealed class RotatedKeyBackend(IBatchBackend inner, string account) : IBatchBackend
{
    public BackendIdentity Identity => inner.Identity with { Account = account };

    public BackendLimits Limits => inner.Limits;

    public string DefaultModel => inner.DefaultModel;

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null) => inner.WriteRow(writer, key, request, metadata);

    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => inner.StageAsync(file, cancellationToken);

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.CreateJobAsync(creation, cancellationToken);

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.FindJobsAsync(creation, cancellationToken);

    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => inner.GetJobAsync(name, cancellationToken);

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => inner.CancelJobAsync(name, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => inner.ReadResultLinesAsync(job, cancellationToken);
}
