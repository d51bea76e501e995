using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Vertex AI as a backend: batch files, documents and results in a bucket, jobs from and to it (protocol: 3, 4).</summary>
/// <remarks>
/// Below the prefix of the options lie <c>input/</c> (batch files), <c>media/</c> (documents) and <c>output/</c> with one folder for each job.
/// </remarks>
public sealed class VertexBackend : IBatchBackend
{
    private const string Kind = "vertex";

    private readonly VertexAIClient _client;
    private readonly VertexStaging _staging;
    private readonly VertexRowWriter _rows;
    private readonly string _bucket;
    private readonly Func<string, GeminiThinking?> _thinking;

    /// <summary>A backend over a client.</summary>
    /// <param name="client">The client; its options name a bucket.</param>
    /// <param name="catalogue">Limits and the default model; null for <see cref="GeminiCatalogue.Default"/>.</param>
    /// <exception cref="ArgumentException">The client's options name no bucket.</exception>
    public VertexBackend(VertexAIClient client, GeminiCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _bucket = client.Settings.Bucket
            ?? throw new ArgumentException("There is no bucket. Set VertexAIOptions.Bucket: jobs on Vertex AI read from it and write to it.", nameof(client));
        _staging = new VertexStaging(client, _bucket);
        _rows = new VertexRowWriter(client.Options.LabelRows);
        catalogue ??= GeminiCatalogue.Default;
        GeminiBackendFacts facts = catalogue.Backend(Kind);
        _thinking = model => catalogue.Find(model)?.Thinking?.ForExtraction;
        Identity = new BackendIdentity(Kind, client.Project, client.Location, client.Endpoint.AbsoluteUri);
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
    public bool CarriesMetadata => _client.Options.CarryMetadata;

    /// <inheritdoc />
    public string? WhyUnreadable(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return GeminiAddress.IsFilesApi(address)
            ? "is a file of the Developer API, which Vertex AI cannot read: give the local file, or its gs:// address"
            : address.StartsWith("gs://", StringComparison.Ordinal) && !CloudObjectName.TryParse(address, out _)
                ? "names no object of Cloud Storage: use gs://bucket/name, unescaped"
                : null;
    }

    /// <inheritdoc />
    public async ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!CloudObjectName.TryParse(address, out CloudObjectName name))
        {
            return null;
        }

        try
        {
            CloudObject found = await _client.Storage.FindAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new FileNotFoundException($"There is no object {address}.");
            return new AddressedFile(address, found.ContentType, found.Generation.ToString(CultureInfo.InvariantCulture), found.Size);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 403)
        {
            // The job reads it as the service's agent, which may be allowed more than this login.
            return null;
        }
    }

    /// <inheritdoc />
    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(request);
        _rows.Write(writer, key, request, CarriesMetadata ? metadata : null);
    }

    /// <inheritdoc />
    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => _staging.StageAsync(file, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        var job = new VertexJobCreation
        {
            Model = creation.Model,
            DisplayName = creation.DisplayName,
            Input = VertexInput.FromStorage(CloudObjectName.Parse(creation.InputFile)),
            Output = VertexOutput.ToStorage(new CloudObjectName(_bucket, $"{_client.Settings.Prefix}/output/{creation.DisplayName}")),
            Labels = _client.Options.JobLabels,
        };
        return await _client.Jobs.CreateAsync(job, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        return ReadAfreshAsync(
            listed => string.Equals(listed.DisplayName, creation.DisplayName, StringComparison.Ordinal) || string.Equals(listed.InputFile, creation.InputFile, StringComparison.Ordinal),
            cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<GeminiBatchJob> ListJobsAsync(string displayNamePrefix, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(displayNamePrefix);
        return ReadAfreshAsync(listed => listed.DisplayName.StartsWith(displayNamePrefix, StringComparison.Ordinal), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredObject> ListFilesAsync(string namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(namePrefix);
        foreach (string folder in (string[])["input", "media"])
        {
            var prefix = new CloudObjectName(_bucket, $"{_client.Settings.Prefix}/{folder}/{namePrefix}");
            await foreach (CloudObject stored in _client.Storage.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                yield return new StoredObject(stored.Name.Uri, stored.CreateTime, stored.Size);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DeleteFileAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Storage.DeleteAsync(CloudObjectName.Parse(name), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask<ModelVerification?> VerifyModelAsync(string model, bool mayPay = false, CancellationToken cancellationToken = default) => mayPay
        ? await new VertexProbe(this, _client, _thinking(model)).RunAsync(model, cancellationToken).ConfigureAwait(false)
        : throw new InvalidOperationException($"Vertex AI does not list of which models it runs batches: a job of one row shows whether it does of {model}, and costs what one short row costs. Agree to it with mayPay.");

    /// <inheritdoc />
    public async ValueTask<long?> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) =>
        (await _client.CountTokensAsync(model, request, cancellationToken).ConfigureAwait(false)).TotalTokens;

    /// <inheritdoc />
    public async ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Jobs.GetAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) =>
        await _client.Jobs.CancelAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.ResultsFolder is not { } folder)
        {
            throw new InvalidOperationException(job.ResultsTable is { } table
                ? $"The results of the job {job.Name} are in the table {table}, which this library does not read. Query it, or write to a bucket."
                : $"The job {job.Name} has no results (state {job.RawState}). Read it again once it has ended.");
        }

        return new VertexResults(_client.Storage, job, folder).ReadAsync(cancellationToken);
    }

    private async IAsyncEnumerable<GeminiBatchJob> ReadAfreshAsync(Func<GeminiBatchJob, bool> matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (GeminiBatchJob listed in _client.Jobs.ListAsync(filter: null, cancellationToken).ConfigureAwait(false))
        {
            if (matches(listed) && seen.Add(listed.Name) && await TryGetAsync(listed.Name, cancellationToken).ConfigureAwait(false) is { } current)
            {
                yield return current;
            }
        }
    }

    // A list may still show what was deleted.
    private async Task<GeminiBatchJob?> TryGetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.Jobs.GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
            return null;
        }
    }
}
