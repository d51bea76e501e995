using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// What a pipeline needs of a place that runs batch jobs. Implementations are safe to call from several threads at once.
/// </summary>
public interface IBatchBackend
{
    /// <summary>Which account at which service this is; part of a run's identity. Holds no secret.</summary>
    BackendIdentity Identity { get; }

    /// <summary>The service's documented limits, from the catalogue.</summary>
    BackendLimits Limits { get; }

    /// <summary>The model that is used when none is named: the cheapest live one that runs batches.</summary>
    string DefaultModel { get; }

    /// <summary>Whether the metadata that <see cref="WriteRow"/> is given travels with the row and comes back.</summary>
    bool CarriesMetadata => false;

    /// <summary>Writes one row of a batch file as a JSON object, without a line break.</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    /// <param name="key">The row's identity, by which its result is joined.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="metadata">
    /// Flat values of the row's document as one JSON object, or null. They travel where the backend takes them along (Vertex AI: columns beside the request) and
    /// come back in <see cref="ResultRow.Metadata"/>; batch files of the Developer API have no place for them.
    /// </param>
    /// <exception cref="InvalidOperationException">The backend cannot run such a request; the message says why.</exception>
    void WriteRow(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata = null);

    /// <summary>Why the backend cannot read a document's address, as the end of a sentence that begins with the address; null when it may be able to.</summary>
    /// <param name="address">Such as <c>gs://bucket/name</c> or <c>https://…</c>.</param>
    string? WhyUnreadable(string address) => null;

    /// <summary>
    /// What lies at a document's address, once it can be read by jobs; null where the backend cannot tell (public <c>https://</c> addresses, and objects that this
    /// account may not look at). Reads only.
    /// </summary>
    /// <param name="address">An address that <see cref="WhyUnreadable"/> has nothing against.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="FileNotFoundException">There is nothing at the address, or it has expired.</exception>
    /// <exception cref="InvalidOperationException">The service could not prepare what lies there.</exception>
    /// <exception cref="GeminiApiException">The service cannot be asked.</exception>
    ValueTask<AddressedFile?> FindFileAsync(string address, CancellationToken cancellationToken = default) => ValueTask.FromResult<AddressedFile?>(null);

    /// <summary>
    /// Puts a file where the service can read it and waits until it is usable. Idempotent: a usable twin of the same name, size and
    /// hash is returned as it is, a broken or different one is replaced.
    /// </summary>
    /// <param name="file">The file, under a name chosen by the caller.</param>
    /// <param name="cancellationToken">Stops waiting; an upload that was begun may have been stored.</param>
    /// <exception cref="GeminiApiException">The service refused the file.</exception>
    ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken = default);

    /// <summary>Creates a job with exactly one request, which is never repeated, because a repeated one is a second paid job (protocol: 1.3).</summary>
    /// <param name="creation">What to create.</param>
    /// <param name="cancellationToken">
    /// Observed until the request is sent. Cancelling later ends in <see cref="JobCreationUncertainException"/>, because a job may exist.
    /// </param>
    /// <exception cref="GeminiApiException">The service answered with an error: there is no job.</exception>
    /// <exception cref="JobCreationUncertainException">No answer, or a server error: a job may exist. Look for it with <see cref="FindJobsAsync"/>.</exception>
    ValueTask<GeminiBatchJob> CreateJobAsync(JobCreation creation, CancellationToken cancellationToken = default);

    /// <summary>Looks through all jobs for those that a creation may have made, and reads each one afresh, because lists are stale (protocol: 1.5).</summary>
    /// <param name="creation">The creation: jobs with its display name or its input file match.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    IAsyncEnumerable<GeminiBatchJob> FindJobsAsync(JobCreation creation, CancellationToken cancellationToken = default);

    /// <summary>Looks through all jobs for those whose display name begins so, and reads each one afresh. A backend that cannot list has none.</summary>
    /// <param name="displayNamePrefix">What the display name begins with.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    IAsyncEnumerable<GeminiBatchJob> ListJobsAsync(string displayNamePrefix, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<GeminiBatchJob>();

    /// <summary>Lists stored files whose own name begins so: what is not the pipeline's is never named. A backend that cannot list has none.</summary>
    /// <param name="namePrefix">What <see cref="StagingFile.Name"/> began with.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    IAsyncEnumerable<StoredObject> ListFilesAsync(string namePrefix, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<StoredObject>();

    /// <summary>Deletes a stored file; one that is gone already is no error.</summary>
    /// <param name="name">Its full name, as <see cref="ListFilesAsync"/> gives it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask DeleteFileAsync(string name, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>Asks the backend whether it runs batches of a model; null where it cannot be asked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mayPay">Whether a job of one row may be sent and paid for, where nothing less shows it (Vertex AI).</param>
    /// <param name="cancellationToken">Stops asking; a job that was sent is cancelled.</param>
    /// <exception cref="InvalidOperationException">Only a job shows it, and none may be sent.</exception>
    /// <exception cref="GeminiApiException">The backend refuses to be asked.</exception>
    ValueTask<ModelVerification?> VerifyModelAsync(string model, bool mayPay = false, CancellationToken cancellationToken = default) => ValueTask.FromResult<ModelVerification?>(null);

    /// <summary>Counts the tokens of a request as the service would; <see langword="null"/> where it does not. Costs nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<long?> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default) => ValueTask.FromResult<long?>(null);

    /// <summary>Reads a job.</summary>
    /// <param name="name">The job's full name, as <see cref="GeminiBatchJob.Name"/> gives it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">There is no such job, or it may not be read.</exception>
    ValueTask<GeminiBatchJob> GetJobAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Asks the service to stop a job. A job that has ended already is no error.</summary>
    /// <param name="name">The job's full name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask CancelJobAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams a job's result rows as UTF-8 JSON, one at a time and in no particular order; each is valid until the next one is asked for.
    /// A broken download is resumed without repeating a row.
    /// </summary>
    /// <param name="job">A job whose <see cref="GeminiBatchJob.HasResults"/> is true.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidOperationException">The job has no results.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultLinesAsync(GeminiBatchJob job, CancellationToken cancellationToken = default);
}
