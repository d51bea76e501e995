using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// The embedded emulator as a backend: the same at every start, although its port is another one each time, and never to be taken for Google.
/// </summary>
internal sealed class EmulatedBackend(IBatchBackend inner) : IBatchBackend
{
    /// <summary>Stands where the address would.</summary>
    public const string Endpoint = "embedded-emulator";

    public BackendIdentity Identity { get; } = inner.Identity with { Endpoint = Endpoint };

    public BackendLimits Limits => inner.Limits;

    public string DefaultModel => inner.DefaultModel;

    public bool CarriesMetadata => inner.CarriesMetadata;

    public string? WhyUnreadable(string address) => inner.WhyUnreadable(address);

    public ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default) => inner.FindFileAsync(address, cancellationToken);

    public void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null) => inner.WriteRow(writer, key, request, metadata);

    public ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default) => inner.StageAsync(file, cancellationToken);

    public ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.CreateJobAsync(creation, cancellationToken);

    public IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default) => inner.FindJobsAsync(creation, cancellationToken);

    public IAsyncEnumerable<GeminiBatchJob> ListJobsAsync(string displayNamePrefix, CancellationToken cancellationToken = default) => inner.ListJobsAsync(displayNamePrefix, cancellationToken);

    public IAsyncEnumerable<StoredObject> ListFilesAsync(string namePrefix, CancellationToken cancellationToken = default) => inner.ListFilesAsync(namePrefix, cancellationToken);

    public ValueTask DeleteFileAsync(string name, CancellationToken cancellationToken = default) => inner.DeleteFileAsync(name, cancellationToken);

    public ValueTask<ModelVerification?> VerifyModelAsync(string model, bool mayPay = false, CancellationToken cancellationToken = default) => inner.VerifyModelAsync(model, mayPay, cancellationToken);

    public ValueTask<long?> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) => inner.CountTokensAsync(model, request, cancellationToken);

    public ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default) => inner.GetJobAsync(name, cancellationToken);

    public ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default) => inner.CancelJobAsync(name, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default) => inner.ReadResultLinesAsync(job, cancellationToken);
}
