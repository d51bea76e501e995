namespace GeminiBatch;

/// <summary>The Files API (protocol: 1.6, 1.7). Reached through <see cref="DeveloperApiClient.Files"/>.</summary>
public sealed class DeveloperFiles
{
    internal DeveloperFiles()
    {
    }

    /// <summary>Uploads a stream in chunks; a chunk whose outcome is unknown is asked about and continued where it broke.</summary>
    public Task<GeminiStoredFile> UploadAsync(Stream content, GeminiUpload upload, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads what is known of a file.</summary>
    public Task<GeminiStoredFile> GetAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Lists all files.</summary>
    public IAsyncEnumerable<GeminiStoredFile> ListAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes a file; one that is gone already is no error.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Opens a generated file; a broken download resumes inside the stream.</summary>
    public Task<Stream> DownloadAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
