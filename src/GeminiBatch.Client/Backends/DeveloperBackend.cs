using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>The Gemini Developer API as a backend: files at the Files API, jobs from files (protocol: 1, 2).</summary>
public sealed class DeveloperBackend : IBatchBackend
{
    private const string Kind = "developer";

    private readonly DeveloperApiClient _client;
    private readonly DeveloperStaging _staging;

    /// <summary>A backend over a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="catalogue">Limits and the default model; null for <see cref="GeminiCatalogue.Default"/>.</param>
    /// <exception cref="MissingCredentialsException">The client sends tokens of a login that names no project.</exception>
    public DeveloperBackend(DeveloperApiClient client, GeminiCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Account.Length == 0)
        {
            // Jobs of two logins would pass for those of one.
            throw new MissingCredentialsException("The login names no project, by which a run's files and jobs are told from those of another one. Use a token source with a ProjectId, or an API key.");
        }

        _client = client;
        _staging = new DeveloperStaging(client);
        GeminiBackendFacts facts = (catalogue ?? GeminiCatalogue.Default).Backend(Kind);
        Identity = new BackendIdentity(Kind, client.Account, Location: "", client.Endpoint.AbsoluteUri);
        Limits = facts.ToLimits();
        DefaultModel = facts.DefaultModel;
    }

    /// <inheritdoc />
    public BackendIdentity Identity { get; }

    /// <inheritdoc />
    public BackendLimits Limits { get; }

    /// <inheritdoc />
    public string DefaultModel { get; }

    /// <inheritdoc />
    public string? WhyUnreadable(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return GeminiAddress.IsStorage(address)
            ? "is an object of Cloud Storage, which a batch of the Developer API cannot read: give the local file, or use Vertex AI"
            : null;
    }

    /// <inheritdoc />
    public async ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!GeminiAddress.IsFilesApi(address, _client.Endpoint))
        {
            return null;
        }

        try
        {
            GeminiStoredFile file = await _client.Files.GetAsync(address, cancellationToken).ConfigureAwait(false);
            file = await _client.Files.WaitUntilActiveAsync(file, cancellationToken).ConfigureAwait(false);
            return new AddressedFile(file.Uri.Length > 0 ? file.Uri : address, file.MimeType, Generation: null, file.Size, file.Sha256Hex);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus is 403 or 404 && !exception.ServiceMessage.Contains("API key", StringComparison.OrdinalIgnoreCase))
        {
            throw new FileNotFoundException($"The Files API has no file {address} for this key: files live 48 hours and belong to the project that uploaded them.", exception);
        }
    }

    /// <inheritdoc />
    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(request);
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WritePropertyName("request"u8);
        request.WriteTo(writer);
        writer.WriteEndObject();
    }

    /// <inheritdoc />
    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => _staging.StageAsync(file, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        return await _client.Batches.CreateFromFileAsync(creation.Model, creation.DisplayName, creation.InputFile, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (GeminiBatchJob listed in _client.Batches.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Matches(listed, creation) && seen.Add(listed.Name)
                && await TryGetAsync(listed.Name, cancellationToken).ConfigureAwait(false) is { } current)
            {
                yield return current;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Batches.GetAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Batches.CancelAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (!job.HasResults)
        {
            throw new InvalidOperationException($"The job {job.Name} has no results (state {job.RawState}). Read it again once it has ended.");
        }

        return job.ResultsFile is { } file ? ReadFileAsync(file, cancellationToken) : InlineRows(job).ToAsyncEnumerable();
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<GeminiBatchJob> ListJobsAsync(string displayNamePrefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(displayNamePrefix);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (GeminiBatchJob listed in _client.Batches.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (listed.DisplayName.StartsWith(displayNamePrefix, StringComparison.Ordinal) && seen.Add(listed.Name)
                && await TryGetAsync(listed.Name, cancellationToken).ConfigureAwait(false) is { } current)
            {
                yield return current;
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredObject> ListFilesAsync(string namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(namePrefix);
        await foreach (GeminiStoredFile file in _client.Files.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (file.Name.StartsWith("files/" + namePrefix, StringComparison.Ordinal))
            {
                yield return new StoredObject(file.Name, file.CreateTime, file.Size);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DeleteFileAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Files.DeleteAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask<ModelVerification?> VerifyModelAsync(string model, bool mayPay = false, CancellationToken cancellationToken = default)
    {
        string name = ResourceName.Model(model);
        var models = new List<GeminiModelDescription>();
        await foreach (GeminiModelDescription listed in _client.Models.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            models.Add(listed);
        }

        GeminiModelDescription? found = models.Find(listed => string.Equals(listed.Name, name, StringComparison.Ordinal));
        return new ModelVerification
        {
            Model = model,
            RunsBatches = found?.SupportsBatch ?? false,
            Message = found is null ? $"The Developer API lists no model {name} for this key."
                : found.SupportsBatch ? $"The Developer API lists {name} and runs batches of it."
                : $"The Developer API lists {name}, and not batchGenerateContent among its methods: it runs no batches.",
            Others = [.. models.Where(static listed => listed.SupportsBatch).Select(static listed => listed.Name["models/".Length..])],
        };
    }

    /// <inheritdoc />
    public async ValueTask<long?> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) =>
        (await _client.CountTokensAsync(model, request, cancellationToken).ConfigureAwait(false)).TotalTokens;

    // A list may still show what was deleted.
    private async Task<GeminiBatchJob?> TryGetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.Batches.GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
            return null;
        }
    }

    private static bool Matches(GeminiBatchJob job, JobCreation creation) =>
        string.Equals(job.DisplayName, creation.DisplayName, StringComparison.Ordinal)
        || (job.InputFile is { } input && string.Equals(input, ResourceName.File(creation.InputFile), StringComparison.Ordinal));

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = await _client.Files.DownloadAsync(file, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> line in ResultLines.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> InlineRows(GeminiBatchJob job)
    {
        using JsonDocument rows = JsonDocument.Parse(job.InlineResults, ApiTransport.JsonOptions);
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            yield return RawJson.Write(row.WriteTo);
        }
    }
}
