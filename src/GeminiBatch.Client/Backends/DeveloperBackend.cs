using System.Text.Json;

namespace GeminiBatch;

/// <summary>The Gemini Developer API as a backend.</summary>
public sealed class DeveloperBackend : IBatchBackend
{
    /// <summary>A backend over a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="catalogue">Limits and the default model; null for <see cref="GeminiCatalogue.Default"/>.</param>
    public DeveloperBackend(DeveloperApiClient client, GeminiCatalogue? catalogue = null) => throw new NotImplementedException();

    /// <inheritdoc />
    public BackendIdentity Identity { get; } = default!;

    /// <inheritdoc />
    public BackendLimits Limits { get; } = default!;

    /// <inheritdoc />
    public string DefaultModel { get; } = default!;

    /// <inheritdoc />
    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
