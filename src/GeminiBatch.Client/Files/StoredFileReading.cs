using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads the file resource (protocol: 1.6).</summary>
internal static class StoredFileReading
{
    private const int HexLength = 64;

    internal static GeminiStoredFile? Read(JsonElement file)
    {
        if (JsonRead.Text(file, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        string? state = JsonRead.TextOrNumber(file, "state");
        return new GeminiStoredFile
        {
            Name = name,
            DisplayName = JsonRead.Text(file, "displayName"),
            MimeType = JsonRead.Text(file, "mimeType"),
            Size = JsonRead.Integer(file, "sizeBytes"),
            Uri = JsonRead.Text(file, "uri") ?? "",
            State = state switch
            {
                "PROCESSING" or "1" => GeminiUploadState.Processing,
                "ACTIVE" or "2" => GeminiUploadState.Active,
                "FAILED" or "10" => GeminiUploadState.Failed,
                _ => GeminiUploadState.Unknown,
            },
            IsGenerated = JsonRead.TextOrNumber(file, "source") is "GENERATED" or "2",
            Sha256Hex = Hash(JsonRead.Text(file, "sha256Hash")),
            CreateTime = JsonRead.Time(file, "createTime"),
            ExpirationTime = JsonRead.Time(file, "expirationTime"),
            Error = JsonRead.Object(file, "error") is { } error ? new GeminiStatus(JsonRead.Int32(error, "code"), JsonRead.Text(error, "message") ?? "") : null,
        };
    }

    // The wire gives base64 of the hexadecimal text; base64 of the 32 bytes is read too (protocol: 10, no. 43).
    private static string? Hash(string? base64)
    {
        if (string.IsNullOrEmpty(base64))
        {
            return null;
        }

        byte[] bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out int length))
        {
            return null;
        }

        return length == HexLength ? Encoding.ASCII.GetString(bytes, 0, length).ToLowerInvariant()
            : length == HexLength / 2 ? Convert.ToHexStringLower(bytes, 0, length)
            : null;
    }
}
