namespace GeminiBatch;

/// <summary>
/// Brings documents' media to the backend before the shard that refers to them, several at a time; known uploads that live long enough are used again. Only the
/// transfers go on side by side: what is recorded is recorded in the rows' order.
/// </summary>
internal sealed class ContentUploads(RunContext context, CancellationToken cancellationToken) : IAsyncDisposable
{
    // The job reads them when it runs, which the backend aims to do within a day (protocol: 9.2).
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(24);
    private readonly Dictionary<(ContentHash, string), string> _uris = [];
    private readonly Dictionary<(ContentHash, string), Task<StagedFile>> _begun = [];
    private readonly SemaphoreSlim _room = new(context.Options.MaxConcurrentUploads);
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private int _underWay;

    /// <summary>When the first of them will be gone; <see langword="null"/> when none will.</summary>
    public long? EarliestExpiry { get; private set; }

    /// <summary>Uploads that are begun and not over.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public string UriOf(SpoolPart.Content content) => _uris[(content.Hash, content.MimeType)];

    /// <summary>Begins to upload what is not there yet.</summary>
    public void Begin(SpoolPart.Content content)
    {
        var identity = (content.Hash, content.MimeType);
        if (_uris.ContainsKey(identity) || _begun.ContainsKey(identity))
        {
            return;
        }

        if (Find(content) is { } known)
        {
            Add(identity, known.Uri, known.ExpiresAt);
            return;
        }

        context.At("stage.content:before");
        _begun.Add(identity, StageInTurnAsync(content));
    }

    /// <summary>Waits for what was begun.</summary>
    /// <exception cref="RefusedContentException">Thrown when the backend refuses the medium itself.</exception>
    public async ValueTask CompleteAsync(SpoolPart.Content content)
    {
        var identity = (content.Hash, content.MimeType);
        if (!_begun.TryGetValue(identity, out var upload))
        {
            return;
        }

        StagedFile staged;
        try
        {
            staged = await upload.ConfigureAwait(false);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            // The connection's, not the disk's: what is uploaded was read from the disk before.
            throw new HttpRequestException($"The upload of a medium of type {content.MimeType} was broken off: {error.Message}", error);
        }

        context.At("stage.content:after");
        await context.WriteAsync(
            "stage.content-recorded",
            connection => connection.Execute(
                "INSERT INTO uploads (run, hash, mime_type, uri, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET uri = $4, expires_at = $5",
                context.RunId, content.Hash.Bytes.ToArray(), content.MimeType, staged.Uri, LedgerTime.From(staged.ExpiresAt)),
            cancellationToken).ConfigureAwait(false);
        _begun.Remove(identity);
        Add(identity, staged.Uri, LedgerTime.From(staged.ExpiresAt));
    }

    /// <summary>Lets what is under way end, which is found by its name next time, and begins nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        foreach (var upload in _begun.Values)
        {
            await ((Task)upload).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _room.Dispose();
        _ended.Dispose();
    }

    private async Task<StagedFile> StageInTurnAsync(SpoolPart.Content content)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await _room.WaitAsync(_ended.Token).ConfigureAwait(false);
            try
            {
                return await StageAsync(content).ConfigureAwait(false);
            }
            finally
            {
                _room.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async ValueTask<StagedFile> StageAsync(SpoolPart.Content content)
    {
        // Files that expire get a name for each day: one that another run still refers to is never replaced.
        var expires = context.Backend.Limits.FileLifetime != TimeSpan.MaxValue;
        try
        {
            return await context.Backend.StageAsync(
                new StagingFile
                {
                    Name = ShardNames.Content(content.Hash, content.MimeType, expires ? (DateOnly.FromDateTime(context.Now.UtcDateTime), context.Backend.Identity.Account) : null),
                    MimeType = content.MimeType,
                    Size = content.Size,
                    Sha256 = content.Hash.Bytes,
                    Open = _ => ValueTask.FromResult(context.Spool.Content.Open(content.Hash)),
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException error) when (error is { HttpStatus: 400 or 413 or 415, Reason: not "API_KEY_INVALID" } && !error.ServiceMessage.Contains("API key", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedContentException($"The backend refused its medium of type {content.MimeType}, {content.Size} bytes: {error.ServiceMessage}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new RefusedContentException($"The backend could not use its medium of type {content.MimeType}, {content.Size} bytes: {error.Message}", error);
        }
    }

    private void Add((ContentHash, string) identity, string uri, long? expiresAt)
    {
        _uris.Add(identity, uri);
        EarliestExpiry = StageStep.Earliest(EarliestExpiry, expiresAt);
    }

    private KnownUpload? Find(SpoolPart.Content content) => context.Ledger.Read(connection => connection.First(
        "SELECT uri, expires_at FROM uploads WHERE run = $1 AND hash = $2 AND mime_type = $3 AND (expires_at IS NULL OR expires_at > $4)",
        static reader => new KnownUpload(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1)),
        context.RunId, content.Hash.Bytes.ToArray(), content.MimeType, context.NowMilliseconds + LedgerTime.Milliseconds(s_margin)));

    private sealed record KnownUpload(string Uri, long? ExpiresAt);
}
