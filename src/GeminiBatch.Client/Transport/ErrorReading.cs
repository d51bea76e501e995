using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads an error answer in every shape in which it arrives: object, array of one, page of HTML, plain text, nothing (protocol: 9.1).</summary>
internal static class ErrorReading
{
    private const int MaxBody = 64 * 1024;
    private const int MaxMessage = 2000;
    private const int MaxPlainText = 200;

    internal static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                byte[] buffer = new byte[MaxBody];
                int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return buffer[..length];
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status is known; a body that breaks off does not change it.
            return [];
        }
    }

    internal static GeminiApiException Read(string operation, int httpStatus, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, Func<string, string> redact)
    {
        if (Parse(body) is not { } document)
        {
            return new GeminiApiException(operation, httpStatus, status: null, PlainText(body, redact), reason: null, retryAfter);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            {
                root = root[0];
            }

            JsonElement error = JsonRead.Object(root, "error") ?? root;
            string? message = JsonRead.Text(error, "message") ?? JsonRead.Text(root, "error_description") ?? JsonRead.Text(root, "error");
            string? status = JsonRead.Text(error, "status");
            (string? reason, TimeSpan? delay) = Details(error);
            message = string.IsNullOrWhiteSpace(message) ? "the service gave no message" : Shorten(redact(message), MaxMessage);
            return new GeminiApiException(operation, httpStatus, status, message, reason, delay ?? retryAfter);
        }
    }

    private static (string? Reason, TimeSpan? Delay) Details(JsonElement error)
    {
        string? reason = null;
        TimeSpan? delay = null;
        if (JsonRead.Array(error, "details") is { } details)
        {
            foreach (JsonElement detail in details.EnumerateArray())
            {
                reason ??= JsonRead.Text(detail, "reason");
                delay ??= Duration(JsonRead.Text(detail, "retryDelay"));
            }
        }

        return (reason, delay);
    }

    /// <summary>A protobuf duration in JSON: seconds with a fraction and an <c>s</c>.</summary>
    private static TimeSpan? Duration(string? text) =>
        text is [.., 's'] && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(body, ApiTransport.JsonOptions);
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string PlainText(ReadOnlyMemory<byte> body, Func<string, string> redact)
    {
        string text = redact(Encoding.UTF8.GetString(body.Span));
        var plain = new StringBuilder(Math.Min(text.Length, MaxPlainText));
        bool inTag = false;
        foreach (char c in text)
        {
            if (c == '<')
            {
                inTag = true;
            }
            else if (c == '>')
            {
                inTag = false;
                plain.Append(' ');
            }
            else if (!inTag)
            {
                plain.Append(char.IsControl(c) ? ' ' : c);
            }
        }

        string joined = string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return joined.Length == 0 ? "the answer had no message" : Shorten(joined, MaxPlainText);
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");
}
