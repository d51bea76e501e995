namespace GeminiBatch;

/// <summary>Media types by file extension, for the kinds of files that Gemini reads.</summary>
internal static class MediaTypes
{
    public static string? OfPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TXT" or ".TEXT" or ".LOG" or ".EML" => "text/plain",
        ".MD" or ".MARKDOWN" => "text/markdown",
        ".CSV" => "text/csv",
        ".TSV" => "text/tab-separated-values",
        ".HTM" or ".HTML" => "text/html",
        ".XML" => "text/xml",
        ".RTF" => "text/rtf",
        ".YML" or ".YAML" => "text/yaml",
        ".JSON" or ".JSONL" => "application/json",
        ".PDF" => "application/pdf",
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".WEBP" => "image/webp",
        ".HEIC" => "image/heic",
        ".HEIF" => "image/heif",
        ".GIF" => "image/gif",
        ".WAV" => "audio/wav",
        ".MP3" => "audio/mp3",
        ".AIFF" or ".AIF" => "audio/aiff",
        ".AAC" => "audio/aac",
        ".OGG" => "audio/ogg",
        ".FLAC" => "audio/flac",
        ".MP4" => "video/mp4",
        ".MPEG" or ".MPG" => "video/mpeg",
        ".MOV" => "video/mov",
        ".AVI" => "video/avi",
        ".WEBM" => "video/webm",
        ".WMV" => "video/wmv",
        ".3GP" or ".3GPP" => "video/3gpp",
        _ => null,
    };

    public static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mimeType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || mimeType.Equals("application/xml", StringComparison.OrdinalIgnoreCase);
}
