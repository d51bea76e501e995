namespace GeminiBatch;

/// <summary>Batch jobs of the Developer API (protocol: 1.3 to 1.5). Reached through <see cref="DeveloperApiClient.Batches"/>.</summary>
public sealed class DeveloperBatches
{
    internal DeveloperBatches()
    {
    }

    /// <summary>Creates a job from an uploaded file with exactly one request.</summary>
    public Task<GeminiBatchJob> CreateFromFileAsync(string model, string displayName, string fileName, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Creates a job with its rows inside, exactly one request.</summary>
    public Task<GeminiBatchJob> CreateInlineAsync(string model, string displayName, IReadOnlyList<GeminiInlineRow> rows, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads a job.</summary>
    public Task<GeminiBatchJob> GetAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Lists all jobs of the key; entries may be stale.</summary>
    public IAsyncEnumerable<GeminiBatchJob> ListAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Asks to stop a job.</summary>
    public Task CancelAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes a job; cancel it first.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
