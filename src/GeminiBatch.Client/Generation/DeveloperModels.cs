namespace GeminiBatch;

/// <summary>The models that a key may use (protocol: 1.2, row 3). Reached through <see cref="DeveloperApiClient.Models"/>.</summary>
public sealed class DeveloperModels
{
    internal DeveloperModels()
    {
    }

    /// <summary>Reads what the service says of a model.</summary>
    public Task<GeminiModelDescription> GetAsync(string model, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Lists all models.</summary>
    public IAsyncEnumerable<GeminiModelDescription> ListAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
