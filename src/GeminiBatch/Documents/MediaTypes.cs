using System.Text;
using System.Text.Unicode;

namespace GeminiBatch;

/// <summary>Media types of the kinds of files that Gemini reads, by what a file begins with and by its extension.</summary>
internal static class MediaTypes
{
    public const string Pdf = "application/pdf";

    /// <summary>How much of a file's beginning tells its type: a PDF's header may stand anywhere in the first 1,024 bytes.</summary>
    public const int HeadBytes = 1_024;

    private const string PlainText = "text/plain";

    /// <summary>
    /// The type of a file: what its beginning says, because names lie; its extension where the beginning says nothing; text where neither does and it reads as text.
    /// A name that says text is believed as long as the bytes are text.
    /// </summary>
    public static string? Of(string path, ReadOnlySpan<byte> head)
    {
        var named = OfPath(path);
        var isText = ReadsAsText(head);
        return isText && named is not null && IsText(named) ? named : OfContent(head) ?? named ?? (isText ? PlainText : null);
    }

    public static string? OfPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TXT" or ".TEXT" or ".LOG" or ".EML" => PlainText,
        ".MD" or ".MARKDOWN" => "text/markdown",
        ".CSV" => "text/csv",
        ".TSV" => "text/tab-separated-values",
        ".HTM" or ".HTML" => "text/html",
        ".XML" => "text/xml",
        ".RTF" => "text/rtf",
        ".YML" or ".YAML" => "text/yaml",
        ".JSON" or ".JSONL" => "application/json",
        ".PDF" => Pdf,
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
        ".M4A" => "audio/m4a",
        ".MP4" => "video/mp4",
        ".MPEG" or ".MPG" => "video/mpeg",
        ".MOV" => "video/mov",
        ".AVI" => "video/avi",
        ".FLV" => "video/x-flv",
        ".WEBM" => "video/webm",
        ".WMV" => "video/wmv",
        ".3GP" or ".3GPP" => "video/3gpp",
        _ => null,
    };

    public static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mimeType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || mimeType.Equals("application/xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The type that the signature at a file's beginning stands for; <see langword="null"/> for one that is not known here.</summary>
    private static string? OfContent(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) || (!ReadsAsText(head) && head.IndexOf("%PDF-"u8) >= 0) ? Pdf
        : Begins(head, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : Begins(head, [0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.StartsWith("RIFF"u8) ? OfForm(At(head, 8), "WEBP", "image/webp", "WAVE", "audio/wav", "AVI ", "video/avi")
        : head.StartsWith("FORM"u8) ? OfForm(At(head, 8), "AIFF", "audio/aiff", "AIFC", "audio/aiff")
        : At(head, 4) == "ftyp" ? OfBrand(At(head, 8))
        : head.StartsWith("fLaC"u8) ? "audio/flac"
        : head.StartsWith("OggS"u8) ? "audio/ogg"
        : head.StartsWith("ID3"u8) ? "audio/mp3"
        : Begins(head, [0x1A, 0x45, 0xDF, 0xA3]) && head.IndexOf("webm"u8) >= 0 ? "video/webm"
        : head.StartsWith("FLV\u0001"u8) ? "video/x-flv"
        : Begins(head, [0x00, 0x00, 0x01, 0xBA]) || Begins(head, [0x00, 0x00, 0x01, 0xB3]) ? "video/mpeg"
        : Begins(head, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) ? "video/wmv"
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? "audio/aac"
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 ? "audio/mp3"
        : null;

    // The brand of an ISO media file: pictures of other kinds than these have one too.
    private static string? OfBrand(string brand) => brand switch
    {
        "heic" or "heix" or "hevc" or "heim" or "heis" => "image/heic",
        "mif1" or "msf1" or "heif" => "image/heif",
        "qt  " => "video/mov",
        "M4A " or "M4B " => "audio/m4a",
        _ when brand.StartsWith("3g", StringComparison.Ordinal) => "video/3gpp",
        "isom" or "iso2" or "iso3" or "iso4" or "iso5" or "iso6" or "iso7" or "iso8" or "iso9" or "mp41" or "mp42" or "mp71" or "avc1" or "dash" or "mmp4" or "MSNV" or "M4V " or "M4VH" or "M4VP" or "f4v " or "XAVC" => "video/mp4",
        _ => null,
    };

    private static string? OfForm(string form, params ReadOnlySpan<string> known)
    {
        for (var i = 0; i < known.Length; i += 2)
        {
            if (form == known[i])
            {
                return known[i + 1];
            }
        }

        return null;
    }

    private static bool Begins(ReadOnlySpan<byte> head, params ReadOnlySpan<byte> signature) => head.StartsWith(signature);

    private static string At(ReadOnlySpan<byte> head, int offset) => head.Length < offset + 4 ? "" : Encoding.Latin1.GetString(head.Slice(offset, 4));

    // The head may end inside a character.
    private static bool ReadsAsText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return true;
        }

        var whole = head.Length;
        for (var back = 0; back < 4 && whole > 0 && !Utf8.IsValid(head[..whole]); back++)
        {
            whole--;
        }

        return Utf8.IsValid(head[..whole]) && head.Length - whole < 4 && head.IndexOfAnyInRange((byte)0, (byte)8) < 0;
    }
}
