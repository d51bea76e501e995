namespace GeminiBatch;

/// <summary>Brings documents' media to the backend before the shard that refers to them; known uploads that still live are used again.</summary>
internal sealed class ContentUploads(RunContext context)
{
    // An upload about to expire would be gone before the job reads it.
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);
    private readonly Dictionary<(ContentHash, string), string> _uris = [];

    public string UriOf(SpoolPart.Content content) => _uris[(content.Hash, content.MimeType)];

    public async ValueTask EnsureAsync(SpoolPart.Content content, CancellationToken cancellationToken)
    {
        var identity = (content.Hash, content.MimeType);
        if (_uris.ContainsKey(identity))
        {
            return;
        }

        if (Find(content) is { } known)
        {
            _uris.Add(identity, known);
            return;
        }

        context.At("stage.content:before");
        var staged = await context.Backend.StageAsync(
            new StagingFile
            {
                Name = ShardNames.Content(content.Hash, content.MimeType),
                MimeType = content.MimeType,
                Size = content.Size,
                Sha256 = content.Hash.Bytes,
                Open = _ => ValueTask.FromResult(context.Spool.Content.Open(content.Hash)),
            },
            cancellationToken).ConfigureAwait(false);
        context.At("stage.content:after");
        await context.WriteAsync(
            "stage.content-recorded",
            connection => connection.Execute(
                "INSERT INTO uploads (run, hash, mime_type, uri, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET uri = $4, expires_at = $5",
                context.RunId, content.Hash.Bytes.ToArray(), content.MimeType, staged.Uri, LedgerTime.From(staged.ExpiresAt)),
            cancellationToken).ConfigureAwait(false);
        _uris.Add(identity, staged.Uri);
    }

    private string? Find(SpoolPart.Content content) => context.Ledger.Read(connection => connection.Text(
        "SELECT uri FROM uploads WHERE run = $1 AND hash = $2 AND mime_type = $3 AND (expires_at IS NULL OR expires_at > $4)",
        context.RunId, content.Hash.Bytes.ToArray(), content.MimeType, context.NowMilliseconds + LedgerTime.Milliseconds(s_margin)));
}
