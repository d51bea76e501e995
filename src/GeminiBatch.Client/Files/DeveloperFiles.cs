using System.Globalization;
using System.Net;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>The Files API: files live 48 hours, up to 2 GB each and 20 GB per project (protocol: 1.6, 1.7). Reached through <see cref="DeveloperApiClient.Files"/>.</summary>
public sealed class DeveloperFiles
{
    private readonly ApiTransport _transport;
    private readonly DeveloperApiOptions _options;

    internal DeveloperFiles(ApiTransport transport, DeveloperApiOptions options) => (_transport, _options) = (transport, options);

    /// <summary>
    /// Uploads a stream in chunks, with one chunk in memory. A chunk whose outcome is unknown is asked about and continued where it broke,
    /// so the stream need not be seekable.
    /// </summary>
    /// <param name="content">The content from its current position; not disposed. Must have exactly the announced size.</param>
    /// <param name="upload">What to upload it as.</param>
    /// <param name="cancellationToken">Stops the upload; the service forgets an unfinished one.</param>
    /// <returns>The file, which may still be processing: see <see cref="WaitUntilActiveAsync"/>.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidDataException">The content is shorter or longer than announced.</exception>
    /// <exception cref="GeminiApiException">The service refused it; 409 when the name is taken.</exception>
    public async Task<GeminiStoredFile> UploadAsync(Stream content, GeminiUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentOutOfRangeException.ThrowIfNegative(upload.Size);
        GeminiUpload named = upload.Name is null ? upload : upload with { Name = ResourceName.NewFile(upload.Name) };
        var session = new UploadSession(_transport, _options, content, named);
        return await session.RunAsync(cancellationToken).ConfigureAwait(false) ?? await GetAsync(named.Name!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is known of a file.</summary>
    /// <param name="name">The name, <c>files/…</c>, or the file's address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GeminiApiException">403 when the file is missing, expired or another project's (protocol: 10, no. 12).</exception>
    public async Task<GeminiStoredFile> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        string file = ResourceName.File(name);
        var call = new ApiCall($"Reading the file {file}", "files.get", HttpMethod.Get, _transport.Address("v1beta/" + file));
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement element = JsonRead.Object(answer.RootElement, "file") ?? answer.RootElement;
        return StoredFileReading.Read(element) ?? throw new UnreadableAnswerException($"The answer for {file} is no file.");
    }

    /// <summary>Lists all files of the project.</summary>
    /// <param name="cancellationToken">Stops listing.</param>
    public IAsyncEnumerable<GeminiStoredFile> ListAsync(CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync(_transport, "Listing the files", "files.list", "v1beta/files?pageSize=100", ["files"], StoredFileReading.Read, cancellationToken);

    /// <summary>Deletes a file; one that is gone already is no error.</summary>
    /// <param name="name">The name, <c>files/…</c>, or the file's address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        string file = ResourceName.File(name);
        var call = new ApiCall($"Deleting the file {file}", "files.delete", HttpMethod.Delete, _transport.Address("v1beta/" + file));
        try
        {
            using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == (int)HttpStatusCode.NotFound)
        {
        }
    }

    /// <summary>Waits until a file is usable. Batch files and images are at once, video and audio take a while (protocol: 1.6).</summary>
    /// <param name="file">The file as last seen.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The service could not prepare the file, or not within <see cref="DeveloperApiOptions.FileReadyTimeout"/>; the message has its reason.</exception>
    public async Task<GeminiStoredFile> WaitUntilActiveAsync(GeminiStoredFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        DateTimeOffset end = _transport.Time.GetUtcNow() + _options.FileReadyTimeout;
        while (file.State is GeminiUploadState.Processing or GeminiUploadState.Unknown)
        {
            if (_transport.Time.GetUtcNow() >= end)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{file.Name} ({file.MimeType}) is still being processed after {_options.FileReadyTimeout.TotalMinutes:0.#} minutes. Try again later, or raise DeveloperApiOptions.FileReadyTimeout."));
            }

            await Task.Delay(_options.FilePollInterval, _transport.Time, cancellationToken).ConfigureAwait(false);
            file = await GetAsync(file.Name, cancellationToken).ConfigureAwait(false);
        }

        return file.State == GeminiUploadState.Active
            ? file
            : throw new InvalidOperationException($"The service could not prepare {file.Name}: {file.Error?.Message ?? "it gave no reason"}. Check the file and its MIME type ({file.MimeType}).");
    }

    /// <summary>
    /// Opens a generated file, such as a job's results, for reading from its start. A download that breaks is resumed inside the stream,
    /// by a range request where the service allows one, else from the start with what was read skipped. Uploaded files cannot be downloaded.
    /// </summary>
    /// <param name="name">The name, <c>files/…</c>, or the file's address.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The content; dispose it.</returns>
    /// <exception cref="GeminiApiException">403 when the file is missing or expired.</exception>
    public async Task<Stream> DownloadAsync(string name, CancellationToken cancellationToken = default)
    {
        string file = ResourceName.File(name);
        var call = new ApiCall($"Downloading {file}", "files.download", HttpMethod.Get, _transport.Address($"v1beta/{file}:download?alt=media"));
        return await new ResumingDownloadStream(_transport, call, file, _options).OpenAsync(cancellationToken).ConfigureAwait(false);
    }
}
