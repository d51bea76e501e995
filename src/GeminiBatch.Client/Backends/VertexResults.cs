using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Every row of every result file below a job's own folder, and of no other (protocol: 3.4; 10, no. 48). A row that lost its key gets it back from the one row of
/// the job's batch file whose request is the same; where there are several, it stays without.
/// </summary>
internal sealed class VertexResults(CloudStorage storage, GeminiBatchJob job, string folder)
{
    private const string Extension = ".jsonl";

    private Dictionary<UInt128, string?>? _keys;

    internal async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CloudObjectName place = CloudObjectName.Parse(folder.TrimEnd('/') + "/");
        var files = new List<CloudObject>();
        await foreach (CloudObject file in storage.ListAsync(place, cancellationToken).ConfigureAwait(false))
        {
            if (file.Name.Name.EndsWith(Extension, StringComparison.Ordinal) && file.Name.Name.StartsWith(place.Name, StringComparison.Ordinal))
            {
                files.Add(file);
            }
        }

        // The same order each time: what was read before is the beginning of what is read again.
        foreach (CloudObject file in files.OrderBy(static file => file.Name.Name, StringComparer.Ordinal))
        {
            Stream stream = await storage.OpenAsync(file, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await foreach (ReadOnlyMemory<byte> line in ResultLines.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
                {
                    yield return Lacks(line) is { } request ? await WithKeyAsync(line, request, cancellationToken).ConfigureAwait(false) : line;
                }
            }
        }
    }

    // The hash of the echoed request, if the row has one and no key.
    private static UInt128? Lacks(ReadOnlyMemory<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = ApiTransport.JsonOptions.MaxDepth });
            using JsonDocument row = JsonDocument.ParseValue(ref reader);
            return row.RootElement.ValueKind == JsonValueKind.Object && RowKey.Find(row.RootElement) is null && JsonRead.Object(row.RootElement, "request") is { } request
                ? RequestHash.Of(request)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> WithKeyAsync(ReadOnlyMemory<byte> line, UInt128 request, CancellationToken cancellationToken)
    {
        byte[] row = line.ToArray();
        _keys ??= await ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        if (!_keys.TryGetValue(request, out string? key) || key is null)
        {
            return row;
        }

        // At the end: of two members of a name the last one counts, and a column may have come back as null.
        int brace = row.AsSpan().LastIndexOf((byte)'}');
        return (byte[])[.. row.AsSpan(0, brace), .. Encoding.UTF8.GetBytes($",\"key\":\"{JsonEncodedText.Encode(key)}\"}}")];
    }

    // Null where several rows ask the same: then nothing tells which one was answered.
    private async Task<Dictionary<UInt128, string?>> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new Dictionary<UInt128, string?>();
        if (!CloudObjectName.TryParse(job.InputFile, out CloudObjectName input) || await storage.FindAsync(input, cancellationToken).ConfigureAwait(false) is not { } file)
        {
            return keys;
        }

        Stream stream = await storage.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> line in ResultLines.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                using JsonDocument row = JsonDocument.Parse(line, ApiTransport.JsonOptions);
                if (RowKey.Find(row.RootElement) is { } key && JsonRead.Object(row.RootElement, "request") is { } request)
                {
                    UInt128 hash = RequestHash.Of(request);
                    keys[hash] = keys.ContainsKey(hash) ? null : key;
                }
            }
        }

        return keys;
    }
}
