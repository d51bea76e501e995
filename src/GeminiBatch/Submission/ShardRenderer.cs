using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Renders a shard's file from spool and recipe, row by row. The same shard gives the same bytes as long as its uploads keep their addresses.</summary>
internal sealed class ShardRenderer(RunContext context)
{
    private const int PageRows = 1_000;
    private const long MostBytesAhead = 8 * 1024 * 1024;
    private static readonly byte[] s_lineBreak = [(byte)'\n'];
    private readonly MisfitFeedback _misfits = new(context);

    public async ValueTask<RenderedShard> RenderAsync(ShardRecord shard, CancellationToken cancellationToken)
    {
        var path = context.Spool.ShardPath(context.RunId, shard.Number);
        using var spool = new SpoolReader(context.Spool.RowsPath(context.RunId), context.Ledger.Path);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var uploads = new ContentUploads(context, cancellationToken);
        await using var ended = uploads.ConfigureAwait(false);
        var line = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(line, SpoolRow.WriterOptions);
        var size = 0L;
        try
        {
            size = await WriteAsync(shard, path, spool, uploads, sha, line, writer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (error is not FileNotFoundException)
        {
            throw LedgerErrors.Storage(path, error);
        }

        return new(path, size, sha.GetHashAndReset(), uploads.EarliestExpiry);
    }

    private async ValueTask<long> WriteAsync(
        ShardRecord shard, string path, SpoolReader spool, ContentUploads uploads, IncrementalHash sha, ArrayBufferWriter<byte> line, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        var size = 0L;
        var file = PrivateFiles.Open(path, FileMode.Create, FileAccess.Write, bufferSize: 256 * 1024);
        await using (file.ConfigureAwait(false))
        {
            foreach (var (row, neutral) in Rows(shard, spool, uploads))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await UploadAsync(uploads, row, neutral).ConfigureAwait(false);
                var recipe = context.Recipes.Get(row.Recipe);
                var again = row.Attempt > 1 ? new RepeatedRequest(row.OutputBudget, ThinkingText.Read(row.Thinking), _misfits.Find(row.Id, row.Attempt, recipe)) : RepeatedRequest.None;
                line.ResetWrittenCount();
                writer.Reset();
                context.Backend.WriteRow(writer, neutral.Key, recipe.Composer.Compose(neutral, uploads.UriOf, again), row.Metadata);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                line.Write(s_lineBreak);
                await file.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
                sha.AppendData(line.WrittenSpan);
                size += line.WrittenCount;
            }
        }

        return size;
    }

    // The uploads of the next rows go on while one waits for its own: one after the other, a pile of scans took hours.
    private IEnumerable<(RowToRender Row, SpoolRow Neutral)> Rows(ShardRecord shard, SpoolReader spool, ContentUploads uploads)
    {
        var ahead = new Queue<(RowToRender Row, SpoolRow Neutral)>();
        var bytes = 0L;
        var from = shard.FirstRow;
        while (Page(shard, from) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                var neutral = spool.ReadRow(row.Offset, row.Length);
                foreach (var part in neutral.Parts)
                {
                    if (part is SpoolPart.Content content)
                    {
                        uploads.Begin(content);
                    }
                }

                ahead.Enqueue((row, neutral));
                bytes += row.Length;
                while (ahead.Count > 0 && (uploads.UnderWay == 0 || uploads.UnderWay >= context.Options.MaxConcurrentUploads || bytes > MostBytesAhead))
                {
                    var next = ahead.Dequeue();
                    bytes -= next.Row.Length;
                    yield return next;
                }
            }

            from = page[^1].Id + 1;
        }

        while (ahead.TryDequeue(out var last))
        {
            yield return last;
        }
    }

    private static async ValueTask UploadAsync(ContentUploads uploads, RowToRender row, SpoolRow neutral)
    {
        try
        {
            foreach (var part in neutral.Parts)
            {
                if (part is SpoolPart.Content content)
                {
                    await uploads.CompleteAsync(content).ConfigureAwait(false);
                }
            }
        }
        catch (RefusedContentException refused)
        {
            throw new RefusedContentException(refused.Message, refused) { Row = row.Id, Key = neutral.Key };
        }
    }

    private List<RowToRender> Page(ShardRecord shard, long from) => context.Ledger.Read(connection => connection.List(
        $"SELECT id, spool_offset, spool_length, recipe, output_budget, thinking, attempt, {(context.Backend.CarriesMetadata ? RowMetadata.OfFirstItem : "NULL")} FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1 ORDER BY id LIMIT $4",
        static reader => new RowToRender(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt32(6), reader.IsDBNull(7) ? null : reader.GetString(7)),
        from, shard.LastRow, shard.Id, PageRows));

    private readonly record struct RowToRender(long Id, long Offset, int Length, long Recipe, int? OutputBudget, string? Thinking, int Attempt, string? Metadata);
}
