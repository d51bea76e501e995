namespace GeminiBatch;

/// <summary>Puts files under chosen names, so that doing it twice stores them once (protocol: 1.6).</summary>
internal sealed class DeveloperStaging(DeveloperApiClient client)
{
    private const int MaxRounds = 3;
    private const string BatchMimeType = "application/jsonl";

    // A twin about to expire would be gone before a job has read it.
    private static readonly TimeSpan Reserve = TimeSpan.FromHours(1);

    // application/jsonl is refused at times; these are taken (protocol: 1.6, MIME for batch JSONL).
    private static readonly string[] BatchMimeTypes = [BatchMimeType, "application/json", "text/plain"];

    internal async ValueTask<StagedFile> StageAsync(StagingFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        string name = ResourceName.NewFile(file.Name);
        for (int round = 1; ; round++)
        {
            if (await FindTwinAsync(name, cancellationToken).ConfigureAwait(false) is { } twin)
            {
                if (IsSame(twin, file))
                {
                    GeminiStoredFile ready = await client.Files.WaitUntilActiveAsync(twin, cancellationToken).ConfigureAwait(false);
                    ClientLog.FileReused(client.Logger, name);
                    return Staged(ready);
                }

                await client.Files.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                GeminiStoredFile stored = await UploadAsync(file, name, cancellationToken).ConfigureAwait(false);
                return Staged(await client.Files.WaitUntilActiveAsync(stored, cancellationToken).ConfigureAwait(false));
            }
            catch (GeminiApiException exception) when (round < MaxRounds && exception.HttpStatus is 409 or 404 or 410)
            {
                // Somebody stored it in between, or the upload's session is gone: look again.
            }
        }
    }

    private async Task<GeminiStoredFile?> FindTwinAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Files.GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus is 403 or 404)
        {
            // A missing file is answered with 403 (protocol: 10, no. 12). If it is the key that may nothing, the upload says so.
            return null;
        }
    }

    private bool IsSame(GeminiStoredFile twin, StagingFile file)
    {
        bool usable = twin.State is GeminiUploadState.Active or GeminiUploadState.Processing
            && (twin.ExpirationTime is not { } end || end - client.Time.GetUtcNow() > Reserve);
        bool sameHash = file.Sha256.IsEmpty || twin.Sha256Hex is null
            || string.Equals(twin.Sha256Hex, Convert.ToHexStringLower(file.Sha256.Span), StringComparison.Ordinal);
        return usable && twin.Size == file.Size && sameHash;
    }

    private async Task<GeminiStoredFile> UploadAsync(StagingFile file, string name, CancellationToken cancellationToken)
    {
        string[] mimeTypes = file.MimeType == BatchMimeType ? BatchMimeTypes : [file.MimeType];
        for (int i = 0; ; i++)
        {
            Stream content = await file.Open(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                try
                {
                    var upload = new GeminiUpload { Name = name, DisplayName = file.DisplayName, MimeType = mimeTypes[i], Size = file.Size };
                    return await client.Files.UploadAsync(content, upload, cancellationToken).ConfigureAwait(false);
                }
                catch (GeminiApiException exception) when (i + 1 < mimeTypes.Length && exception.HttpStatus == 400
                    && exception.ServiceMessage.Contains("MIME type", StringComparison.OrdinalIgnoreCase))
                {
                    ClientLog.MimeTypeRefused(client.Logger, mimeTypes[i], mimeTypes[i + 1]);
                }
            }
        }
    }

    private static StagedFile Staged(GeminiStoredFile file) => new(file.Name, file.Uri, file.ExpirationTime);
}
