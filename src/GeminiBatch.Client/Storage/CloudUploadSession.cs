using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One resumable upload to a bucket (protocol: 4): start, chunks, and a question after each chunk whose outcome is unknown.</summary>
internal sealed class CloudUploadSession(ApiTransport transport, GeminiServiceOptions options, Stream content, CloudUpload upload)
{
    private const int ResumeIncomplete = 308;

    private Crc32C _checksum;
    private UploadChunk _chunk = null!;

    /// <summary>The stored object, and the checksum of what was sent.</summary>
    internal async Task<(CloudObject Stored, uint Sent)> RunAsync(CancellationToken cancellationToken)
    {
        Uri session = await transport.RepeatAsync("storage.upload.start", StartAsync, cancellationToken).ConfigureAwait(false);
        _chunk = new UploadChunk(transport, content, upload.Size, upload.Name.ToString(), options.UploadChunkBytes);
        while (true)
        {
            await _chunk.ReadAsync(cancellationToken).ConfigureAwait(false);
            _checksum.Append(_chunk.Bytes.Span);
            CloudObject? stored = await _chunk.SendAsync("storage.upload.chunk", (skip, token) => SendAsync(session, skip, token), token => ContinueAsync(session, token), cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                return (stored, _checksum.Value);
            }
        }
    }

    private Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        string generation = upload.IfGeneration is { } wanted ? "&ifGenerationMatch=" + Text(wanted) : "";
        string path = $"upload/storage/v1/b/{upload.Name.Bucket}/o?uploadType=resumable&name={Uri.EscapeDataString(upload.Name.Name)}{generation}";
        var call = new ApiCall($"Starting the upload of {upload.Name}", "storage.upload.start", HttpMethod.Post, transport.Address(path))
        {
            Content = () => JsonBody.Of(RawJson.Write(WriteMetadata)),
            Headers = [new("X-Upload-Content-Type", upload.ContentType), new("X-Upload-Content-Length", Text(upload.Size))],
        };
        return transport.SendOnceAsync(call, (response, _) => Task.FromResult(SessionAddress(response.Headers.Location)), cancellationToken);
    }

    private void WriteMetadata(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("contentType"u8, upload.ContentType);
        if (!upload.Sha256.IsEmpty)
        {
            writer.WriteStartObject("metadata"u8);
            writer.WriteString(CloudReading.Sha256Member, Convert.ToHexStringLower(upload.Sha256.Span));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private Uri SessionAddress(Uri? location) => location is not null
        ? UploadChunk.SessionAddress(transport, new Uri(transport.Endpoint, location), isGoogle: transport.Endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase))
        : throw new UnreadableAnswerException($"The service began the upload of {upload.Name} without an address for it. Check that {transport.Endpoint} is the service's address.");

    private async Task<CloudObject?> ContinueAsync(Uri session, CancellationToken cancellationToken)
    {
        var call = new ApiCall($"Asking how far the upload of {upload.Name} is", "storage.upload.query", HttpMethod.Put, session)
        {
            Content = () => Body(ReadOnlyMemory<byte>.Empty, new ContentRangeHeaderValue(upload.Size)),
            ReadsErrors = true,
        };
        (CloudObject? stored, long kept) = await transport.SendOnceAsync(call, (response, token) => ReadReplyAsync(call, response, token), cancellationToken).ConfigureAwait(false);
        if (stored is not null)
        {
            return stored;
        }

        int inChunk = _chunk.Kept(kept);
        return inChunk == _chunk.Length && !_chunk.IsLast ? null : await SendAsync(session, inChunk, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CloudObject?> SendAsync(Uri session, int skip, CancellationToken cancellationToken)
    {
        while (true)
        {
            int from = skip;
            int length = _chunk.Length - from;
            ContentRangeHeaderValue range = length == 0
                ? new ContentRangeHeaderValue(upload.Size)
                : new ContentRangeHeaderValue(_chunk.Offset + from, _chunk.Offset + _chunk.Length - 1, upload.Size);
            var call = new ApiCall($"Uploading {upload.Name}", "storage.upload.chunk", HttpMethod.Put, session)
            {
                Content = () => Body(_chunk.Bytes[from..], range),
                ReadsErrors = true,
            };
            (CloudObject? stored, long kept) = await transport.SendOnceAsync(call, (response, token) => ReadReplyAsync(call, response, token), cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                return _chunk.IsLast ? stored : throw new UnreadableAnswerException($"The service ended the upload of {upload.Name} at {_chunk.Offset} of {upload.Size} bytes. Upload it again.");
            }

            long inChunk = kept - _chunk.Offset;
            if (inChunk == _chunk.Length && !_chunk.IsLast)
            {
                return null;
            }

            // The service may keep less than was sent; the rest is sent again, as long as that gets on.
            if (inChunk <= from || inChunk > _chunk.Length)
            {
                throw new IOException($"The service kept {kept} bytes of {upload.Name} after a chunk up to {_chunk.Offset + _chunk.Length}.");
            }

            skip = (int)inChunk;
        }
    }

    private static ReadOnlyMemoryContent Body(ReadOnlyMemory<byte> bytes, ContentRangeHeaderValue range)
    {
        var body = new ReadOnlyMemoryContent(bytes);
        body.Headers.ContentRange = range;
        return body;
    }

    // 308 with a Range: kept so far, from 0; 308 without: nothing yet; 200 or 201: the object.
    private async Task<(CloudObject? Stored, long Kept)> ReadReplyAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode == ResumeIncomplete)
        {
            string? range = response.Headers.TryGetValues("Range", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
            int dash = range?.LastIndexOf('-') ?? -1;
            return range is null ? (null, 0)
                : dash > 0 && long.TryParse(range.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long last) ? (null, last + 1)
                : throw new UnreadableAnswerException($"The service keeps '{range}' of {upload.Name}, which is no range of bytes.");
        }

        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
        {
            throw await transport.ReadErrorAsync(call, response, cancellationToken).ConfigureAwait(false);
        }

        using JsonDocument answer = await transport.ReadJsonAsync(call, response, cancellationToken).ConfigureAwait(false);
        return (CloudReading.Object(answer.RootElement) ?? throw new UnreadableAnswerException($"The answer to the upload of {upload.Name} is no object."), upload.Size);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
