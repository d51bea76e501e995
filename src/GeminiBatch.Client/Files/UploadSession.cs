using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One resumable upload (protocol: 1.6): start, chunks, and a question after each chunk whose outcome is unknown.</summary>
internal sealed class UploadSession(ApiTransport transport, DeveloperApiOptions options, Stream content, GeminiUpload upload)
{
    private UploadChunk _chunk = null!;

    /// <summary>The stored file; null when the service says only that it is complete (then the file has a chosen name to be read by).</summary>
    internal async Task<GeminiStoredFile?> RunAsync(CancellationToken cancellationToken)
    {
        (Uri session, int granularity) = await transport.RepeatAsync("files.upload.start", StartAsync, cancellationToken).ConfigureAwait(false);
        _chunk = new UploadChunk(transport, content, upload.Size, upload.Name ?? upload.DisplayName ?? "the upload", Math.Max(options.UploadChunkBytes / granularity * granularity, granularity));
        while (true)
        {
            await _chunk.ReadAsync(cancellationToken).ConfigureAwait(false);
            UploadReply reply = await _chunk.SendAsync("files.upload.chunk", (skip, token) => SendAsync(session, skip, token), token => ContinueAsync(session, token), cancellationToken).ConfigureAwait(false);
            if (reply.IsFinal)
            {
                return reply.File ?? (upload.Name is not null ? null
                    : throw new UnreadableAnswerException("The upload is complete, but the service lost its answer and the file has no chosen name. Set GeminiUpload.Name and upload again."));
            }
        }
    }

    private async Task<(Uri Session, int Granularity)> StartAsync(CancellationToken cancellationToken)
    {
        var call = new ApiCall("Starting the upload", "files.upload.start", HttpMethod.Post, transport.Address("upload/v1beta/files"))
        {
            Content = () => JsonBody.Of(RawJson.Write(WriteStart)),
            Headers =
            [
                new("X-Goog-Upload-Protocol", "resumable"),
                new("X-Goog-Upload-Command", "start"),
                new("X-Goog-Upload-Header-Content-Length", Text(upload.Size)),
                new("X-Goog-Upload-Header-Content-Type", upload.MimeType),
            ],
        };
        return await transport.SendOnceAsync(
            call,
            (response, _) => Task.FromResult((SessionAddress(Header(response, "X-Goog-Upload-URL")), Granularity(response))),
            cancellationToken).ConfigureAwait(false);
    }

    private void WriteStart(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("file"u8);
        if (upload.Name is not null)
        {
            writer.WriteString("name"u8, upload.Name);
        }

        if (upload.DisplayName is not null)
        {
            writer.WriteString("displayName"u8, upload.DisplayName);
        }

        writer.WriteString("mimeType"u8, upload.MimeType);
        writer.WriteString("sizeBytes"u8, Text(upload.Size));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private Uri SessionAddress(string? header) => Uri.TryCreate(header, UriKind.Absolute, out Uri? address)
        ? UploadChunk.SessionAddress(transport, address, isGoogle: transport.Endpoint == DeveloperApiSettings.GoogleEndpoint)
        : throw new UnreadableAnswerException("The service began the upload without an upload address. Check that the endpoint is the service's address.");

    private async Task<UploadReply> ContinueAsync(Uri session, CancellationToken cancellationToken)
    {
        var call = new ApiCall("Asking how far the upload is", "files.upload.query", HttpMethod.Post, session)
        {
            Headers = [new("X-Goog-Upload-Command", "query")],
            Content = static () => new ByteArrayContent([]),
            ReadsErrors = true,
        };
        (UploadReply reply, long received) = await transport.SendOnceAsync(
            call,
            async (response, token) =>
            {
                UploadReply read = await ReadReplyAsync(call, response, token).ConfigureAwait(false);
                return (read, long.TryParse(Header(response, "X-Goog-Upload-Size-Received"), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : 0);
            },
            cancellationToken).ConfigureAwait(false);
        if (reply.IsFinal)
        {
            return _chunk.IsLast ? reply : throw new UnreadableAnswerException($"The service ended the upload at {_chunk.Offset} of {upload.Size} bytes. Upload the file again.");
        }

        int kept = _chunk.Kept(received);
        return kept == _chunk.Length && !_chunk.IsLast ? reply : await SendAsync(session, kept, cancellationToken).ConfigureAwait(false);
    }

    private Task<UploadReply> SendAsync(Uri session, int skip, CancellationToken cancellationToken)
    {
        var call = new ApiCall("Uploading", "files.upload.chunk", HttpMethod.Post, session)
        {
            Headers =
            [
                new("X-Goog-Upload-Command", _chunk.IsLast ? "upload, finalize" : "upload"),
                new("X-Goog-Upload-Offset", Text(_chunk.Offset + skip)),
            ],
            Content = () => new ReadOnlyMemoryContent(_chunk.Bytes[skip..]),
            ReadsErrors = true,
        };
        return transport.SendOnceAsync(
            call,
            async (response, token) =>
            {
                UploadReply reply = await ReadReplyAsync(call, response, token).ConfigureAwait(false);
                return reply.IsFinal == _chunk.IsLast ? reply : throw new IOException($"The service answered a chunk at {_chunk.Offset} with the wrong upload status.");
            },
            cancellationToken);
    }

    // The status header decides, not the HTTP code: without it the outcome is unknown (protocol: 1.6, step 3).
    private async Task<UploadReply> ReadReplyAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? status = Header(response, "X-Goog-Upload-Status");
        if (!response.IsSuccessStatusCode)
        {
            throw await transport.ReadErrorAsync(call, response, cancellationToken).ConfigureAwait(false);
        }

        switch (status)
        {
            case "active":
                return default;
            case "final":
                return new UploadReply(IsFinal: true, await ReadFileAsync(call, response, cancellationToken).ConfigureAwait(false));
            case null:
                throw new IOException("The answer to a chunk lacks X-Goog-Upload-Status, so its outcome is unknown. A proxy may have taken the header away.");
            default:
                throw new UnreadableAnswerException($"The service ended the upload with the status '{status}'. Upload the file again.");
        }
    }

    // A finished upload may carry an error instead of a file: the error is read first (protocol: 1.6, step 4).
    private async Task<GeminiStoredFile?> ReadFileAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (body.AsSpan().Trim(" \r\n\t"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, ApiTransport.JsonOptions);
            if (JsonRead.Member(document.RootElement, "error") is { } error)
            {
                int code = JsonRead.Int32(error, "code") ?? (int)response.StatusCode;
                throw ErrorReading.Read("Finishing the upload", code, body, retryAfter: null, transport.Redact);
            }

            return StoredFileReading.Read(JsonRead.Object(document.RootElement, "file") ?? document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new UnreadableAnswerException($"{call.Operation} ended with an answer that is no JSON.", exception);
        }
    }

    private static int Granularity(HttpResponseMessage response) =>
        int.TryParse(Header(response, "X-Goog-Upload-Chunk-Granularity"), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes is > 0 and <= 64 * 1024 * 1024 ? bytes : 1;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct UploadReply(bool IsFinal, GeminiStoredFile? File);
}
