using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Renders a shard's file from spool and recipe, row by row. The same shard gives the same bytes as long as its uploads keep their addresses.</summary>
internal sealed class ShardRenderer(RunContext context)
{
    private const int PageRows = 1_000;
    private static readonly byte[] s_lineBreak = [(byte)'\n'];

    public async ValueTask<RenderedShard> RenderAsync(ShardRecord shard, CancellationToken cancellationToken)
    {
        var path = context.Spool.ShardPath(context.RunId, shard.Number);
        using var spool = new SpoolReader(context.Spool.RowsPath(context.RunId), context.Ledger.Path);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var uploads = new ContentUploads(context);
        var line = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(line, SpoolRow.WriterOptions);
        var size = 0L;
        var file = PrivateFiles.Open(path, FileMode.Create, FileAccess.Write, bufferSize: 256 * 1024);
        await using (file.ConfigureAwait(false))
        {
            var from = shard.FirstRow;
            while (Page(shard, from) is { Count: > 0 } page)
            {
                foreach (var row in page)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var neutral = spool.ReadRow(row.Offset, row.Length);
                    foreach (var part in neutral.Parts)
                    {
                        if (part is SpoolPart.Content content)
                        {
                            await uploads.EnsureAsync(content, cancellationToken).ConfigureAwait(false);
                        }
                    }

                    line.ResetWrittenCount();
                    writer.Reset();
                    context.Backend.WriteRow(writer, neutral.Key, context.Recipes.Get(row.Recipe).Composer.Compose(neutral, uploads.UriOf, row.OutputBudget));
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    line.Write(s_lineBreak);
                    await file.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
                    sha.AppendData(line.WrittenSpan);
                    size += line.WrittenCount;
                }

                from = page[^1].Id + 1;
            }
        }

        return new(path, size, sha.GetHashAndReset());
    }

    private List<RowToRender> Page(ShardRecord shard, long from) => context.Ledger.Read(connection => connection.List(
        "SELECT id, spool_offset, spool_length, recipe, output_budget FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1 ORDER BY id LIMIT $4",
        static reader => new RowToRender(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetInt32(4)),
        from, shard.LastRow, shard.Id, PageRows));

    private readonly record struct RowToRender(long Id, long Offset, int Length, long Recipe, int? OutputBudget);
}
