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
    private byte[] _chunk = [];
    private int _chunkLength;
    private long _chunkOffset;
    private bool _isLast;

    /// <summary>The stored object, and the checksum of what was sent.</summary>
    internal async Task<(CloudObject Stored, uint Sent)> RunAsync(CancellationToken cancellationToken)
    {
        Uri session = await transport.RepeatAsync("storage.upload.start", StartAsync, cancellationToken).ConfigureAwait(false);
        _chunk = new byte[(int)Math.Min(options.UploadChunkBytes, Math.Max(upload.Size, 1))];
        while (true)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            bool sentBefore = false;
            CloudObject? stored = await transport.RepeatAsync(
                "storage.upload.chunk",
                async token =>
                {
                    bool ask = sentBefore;
                    sentBefore = true;
                    return ask ? await ContinueAsync(session, token).ConfigureAwait(false) : await SendAsync(session, 0, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                return (stored, _checksum.Value);
            }

            _chunkOffset += _chunkLength;
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

    // The token goes along to the session's address, so that must be the service's own: behind another base address the host is replaced by ours.
    private Uri SessionAddress(Uri? location)
    {
        if (location is null)
        {
            throw new UnreadableAnswerException($"The service began the upload of {upload.Name} without an address for it. Check that {transport.Endpoint} is the service's address.");
        }

        Uri address = new(transport.Endpoint, location);
        if (!transport.Endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase))
        {
            return new UriBuilder(address) { Scheme = transport.Endpoint.Scheme, Host = transport.Endpoint.Host, Port = transport.Endpoint.Port }.Uri;
        }

        return address.Scheme == Uri.UriSchemeHttps && address.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)
            ? address
            : throw new UnreadableAnswerException($"The service gave an upload address at the foreign host {address.Host}; nothing was sent there.");
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        int wanted = (int)Math.Min(_chunk.Length, upload.Size - _chunkOffset);
        _chunkLength = await content.ReadAtLeastAsync(_chunk.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _isLast = _chunkOffset + _chunkLength == upload.Size;
        if (_chunkLength < wanted)
        {
            throw new InvalidDataException($"The content of {upload.Name} ended after {_chunkOffset + _chunkLength} of the announced {upload.Size} bytes. It was not uploaded.");
        }

        if (_isLast && await content.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) != 0)
        {
            throw new InvalidDataException($"The content of {upload.Name} is longer than the announced {upload.Size} bytes. It was not uploaded.");
        }

        _checksum.Append(_chunk.AsSpan(0, _chunkLength));
    }

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

        long inChunk = kept - _chunkOffset;
        if (inChunk < 0 || inChunk > _chunkLength)
        {
            throw new InvalidDataException($"The service kept {kept} bytes of {upload.Name}, which is outside the chunk at {_chunkOffset}. Upload it again.");
        }

        ClientLog.UploadContinues(transport.Logger, kept, upload.Size);
        return inChunk == _chunkLength && !_isLast ? null : await SendAsync(session, (int)inChunk, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CloudObject?> SendAsync(Uri session, int skip, CancellationToken cancellationToken)
    {
        while (true)
        {
            int from = skip;
            int length = _chunkLength - from;
            ContentRangeHeaderValue range = length == 0
                ? new ContentRangeHeaderValue(upload.Size)
                : new ContentRangeHeaderValue(_chunkOffset + from, _chunkOffset + _chunkLength - 1, upload.Size);
            var call = new ApiCall($"Uploading {upload.Name}", "storage.upload.chunk", HttpMethod.Put, session)
            {
                Content = () => Body(_chunk.AsMemory(from, length), range),
                ReadsErrors = true,
            };
            (CloudObject? stored, long kept) = await transport.SendOnceAsync(call, (response, token) => ReadReplyAsync(call, response, token), cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                return _isLast ? stored : throw new UnreadableAnswerException($"The service ended the upload of {upload.Name} at {_chunkOffset} of {upload.Size} bytes. Upload it again.");
            }

            long inChunk = kept - _chunkOffset;
            if (inChunk == _chunkLength && !_isLast)
            {
                return null;
            }

            // The service may keep less than was sent; the rest is sent again, as long as that gets on.
            if (inChunk <= from || inChunk > _chunkLength)
            {
                throw new IOException($"The service kept {kept} bytes of {upload.Name} after a chunk up to {_chunkOffset + _chunkLength}.");
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
