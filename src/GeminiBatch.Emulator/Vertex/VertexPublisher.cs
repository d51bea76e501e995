using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Puts a job's rows into Cloud Storage, in a directory whose name nobody can guess (protocol: 3.4, gotchas 25 and 48).</summary>
internal sealed class VertexPublisher(StateFolder state, BlobStore blobs, ObjectStore objects, BatchStore batches, int seed) : IDisposable
{
    private const string JsonLines = "application/jsonl";

    private readonly SemaphoreSlim turn = new(1, 1);

    public void Dispose() => turn.Dispose();

    public async Task<VertexOutput> PublishAsync(StoredBatch batch, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            batch = batches.Current(batch);
            if (batch.Vertex!.Output is { } written)
            {
                return written;
            }

            var output = await WriteAsync(batch, ct);
            batches.SetOutput(batch, output);
            return output;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<VertexOutput> WriteAsync(StoredBatch batch, CancellationToken ct)
    {
        var vertex = batch.Vertex!;
        if (vertex.OutputPrefix is not { } prefix)
        {
            return new VertexOutput("predictions_" + StampOf(batch, 0).Replace('-', '_').Replace(':', '_'), batch.RequestCount, 0, 0);
        }

        var slash = prefix.IndexOf('/', StringComparison.Ordinal);
        var (bucket, folder) = slash < 0 ? (prefix, "") : (prefix[..slash], prefix[(slash + 1)..] + "/");
        var directory = folder + "prediction-model-" + StampOf(batch, 0);
        var rows = new Rows((long)Math.Floor(batch.RequestCount * batch.FinishedShare));
        for (var file = 0; file < vertex.Files; file++)
        {
            var name = vertex.Files == 1 ? "predictions.jsonl" : string.Create(CultureInfo.InvariantCulture, $"predictions_{file + 1:0000}.jsonl");
            var part = file;
            await PutAsync(bucket, $"{directory}/{name}", batch.DisplayName, content => CopyAsync(batch, rows, line => line % vertex.Files == part, content, ct), ct);
        }

        for (var neighbour = 1; neighbour <= vertex.Neighbours; neighbour++)
        {
            // Another job's rows, under the same prefix and the same file name, with the same keys and other answers.
            var place = $"{folder}prediction-model-{StampOf(batch, neighbour)}/predictions.jsonl";
            await PutAsync(bucket, place, place, content => CopyAsync(batch, new Rows(rows.Limit), _ => true, content, ct, isForeign: true), ct);
        }

        if (vertex.Neighbours > 0)
        {
            await PutAsync(bucket, $"{directory}/_SUCCESS", batch.DisplayName, _ => Task.CompletedTask, ct);
        }

        return new VertexOutput($"{bucket}/{directory}", rows.Succeeded, rows.Failed, batch.RequestCount - rows.Succeeded - rows.Failed is > 0 and var missing && batch.Outcome != BatchState.Succeeded ? missing : 0);
    }

    private async Task PutAsync(string bucket, string name, string logicalName, Func<Func<ReadOnlyMemory<byte>, Task>, Task> write, CancellationToken ct)
    {
        var blob = BlobStore.MakeName();
        blobs.Pin(blob);
        try
        {
            using var digest = new RunningDigest();
            await using (var file = new FileStream(blobs.PathOf(blob), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16))
            {
                await write(async content =>
                {
                    state.Reserve(content.Length);
                    await file.WriteAsync(content, ct);
                    digest.Append(content.Span);
                });
            }

            objects.Put(bucket, name, JsonLines, blob, digest.Finish(), null, null, logicalName);
        }
        finally
        {
            blobs.Unpin(blob);
        }
    }

    private async Task CopyAsync(StoredBatch batch, Rows rows, Func<long, bool> isHere, Func<ReadOnlyMemory<byte>, Task> write, CancellationToken ct, bool isForeign = false)
    {
        using var lines = new LineScanner(batches.ResultPath(batch));
        for (long number = 0; lines.MoveNext() && number < rows.Limit; number++)
        {
            ct.ThrowIfCancellationRequested();
            if (!isHere(number))
            {
                continue;
            }

            var row = JsonNode.Parse(lines.Line.Span)!;
            rows.Count(VertexRow.IsError(row));
            await write(isForeign ? Falsify((JsonObject)row) : lines.Line);
            await write("\n"u8.ToArray());
        }
    }

    private static byte[] Falsify(JsonObject row)
    {
        if (row.ContainsKey("response"))
        {
            row["response"] = new JsonObject
            {
                ["candidates"] = new JsonArray(new JsonObject
                {
                    ["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(new JsonObject { ["text"] = "{\"fromAnotherJob\":true}" }) },
                    ["finishReason"] = "STOP",
                }),
            };
        }

        return ProtoJson.ToCompactUtf8(row);
    }

    /// <summary>Not the time of creation, which is what makes the name impossible to construct.</summary>
    private string StampOf(StoredBatch batch, int neighbour)
    {
        var offset = TimeSpan.FromMicroseconds((StableHash.Of(seed, "directory", $"{batch.Id}/{neighbour}") % 9_000_000) + 1_000_000);
        return (batch.CreateTime + offset - TimeSpan.FromHours(neighbour)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    private sealed class Rows(long limit)
    {
        public long Limit => limit;

        public long Succeeded { get; private set; }

        public long Failed { get; private set; }

        public void Count(bool isError)
        {
            Succeeded += isError ? 0 : 1;
            Failed += isError ? 1 : 0;
        }
    }
}
