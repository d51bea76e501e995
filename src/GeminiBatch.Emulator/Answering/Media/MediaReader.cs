using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The media of a request's parts: inline, from the Files API, or from Cloud Storage.</summary>
internal sealed class MediaReader(FileStore files, ObjectStore objects)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The file id in a Files API address, else null.</summary>
    public static string? FileId(string uri)
    {
        var at = uri.LastIndexOf("/files/", StringComparison.Ordinal);
        return at >= 0 ? uri[(at + 7)..] : uri.StartsWith("files/", StringComparison.Ordinal) ? uri[6..] : null;
    }

    /// <summary>The media of a part; null for a part without any, or whose media cannot be had.</summary>
    public MediaContent? Read(JsonNode part, Asked asked)
    {
        if (part.Find("inlineData") is { } inline)
        {
            return Decode(inline.FindText("data")) is { } bytes ? new MediaContent(inline.FindText("mimeType") ?? "", bytes) : null;
        }

        if (part.Find("fileData") is not { } reference || reference.FindText("fileUri") is not { } uri)
        {
            return null;
        }

        var mimeType = reference.FindText("mimeType");
        if (GcsUri.TryParse(uri) is { } place)
        {
            return objects.Find(place.Bucket, place.Name) is { } stored ? new MediaContent(mimeType ?? stored.ContentType, Load(objects.ContentPath(stored))) : null;
        }

        return !asked.OnVertex && FileId(uri) is { } id && files.Find(asked.Owner, id) is { } file
            && PathOf(file) is { } path
            ? new MediaContent(mimeType ?? file.MimeType, Load(path))
            : null;
    }

    /// <summary>Why a part's media cannot be had, as a row error; null when it can, or is not ours to judge.</summary>
    public (int Code, string Message)? FindFault(JsonNode part, Asked asked)
    {
        if (part.Find("fileData").FindText("fileUri") is not { } uri)
        {
            return null;
        }

        if (GcsUri.TryParse(uri) is { } place)
        {
            return !asked.OnVertex ? (3, $"Invalid or unsupported file uri: {uri}")
                : objects.Find(place.Bucket, place.Name) is null ? (3, $"Unable to read the file {uri}: it does not exist, or the service agent may not read it.")
                : null;
        }

        if (FileId(uri) is not { } id)
        {
            return null;
        }

        return asked.OnVertex ? (3, $"Unsupported file uri: {uri}. Use a Cloud Storage URI or a public URL.")
            : files.Find(asked.Owner, id) is not { } file ? (7, ApiException.NoFile(id).Message)
            : files.IsProcessing(file) ? (9, $"The File {file.Name} is not in an ACTIVE state and usage is not allowed.")
            : null;
    }

    // A registered file is read where it lies, or not at all once it is gone from there.
    private string? PathOf(StoredFile file) => file.Source is null ? files.BlobPath(file)
        : GcsUri.TryParse(file.Source) is { } place && objects.Find(place.Bucket, place.Name) is { } stored ? objects.ContentPath(stored)
        : null;

    private static byte[] Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(file.Length, MaxBytes)];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static byte[]? Decode(string? base64)
    {
        try
        {
            return base64 is null ? null : Convert.FromBase64String(base64.Replace('-', '+').Replace('_', '/'));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
