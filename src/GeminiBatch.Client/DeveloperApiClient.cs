using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Typed client of the Gemini Developer API. Safe to use from several threads at once; make one and keep it.</summary>
public sealed class DeveloperApiClient
{
    /// <summary>A client over a given <see cref="HttpClient"/>.</summary>
    public DeveloperApiClient(HttpClient http, DeveloperApiOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null) => throw new NotImplementedException();

    /// <summary>Uploaded and generated files.</summary>
    public DeveloperFiles Files { get; } = default!;

    /// <summary>Batch jobs.</summary>
    public DeveloperBatches Batches { get; } = default!;

    /// <summary>Models.</summary>
    public DeveloperModels Models { get; } = default!;

    /// <summary>The base address.</summary>
    public Uri Endpoint { get; } = default!;

    /// <summary>Fingerprint of the account, such as <c>k-1a2b3c4d</c>.</summary>
    public string Account { get; } = default!;

    /// <summary>Asks the model now.</summary>
    public Task<ResultRow> GenerateContentAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Counts a request's tokens; free of charge.</summary>
    public Task<GeminiTokenCount> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
