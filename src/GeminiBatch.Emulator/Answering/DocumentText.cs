using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The text that an answer is read from: the user's text parts, and the text of files they refer to.</summary>
internal sealed class DocumentText(FileStore files)
{
    private const int MaxFileCharacters = 4 * 1024 * 1024;

    /// <summary>The file id in a Files API address, else null.</summary>
    public static string? FileId(string uri)
    {
        var at = uri.LastIndexOf("/files/", StringComparison.Ordinal);
        return at >= 0 ? uri[(at + 7)..] : uri.StartsWith("files/", StringComparison.Ordinal) ? uri[6..] : null;
    }

    /// <summary>The texts of all parts, in order, with those that are a file's content marked.</summary>
    public IReadOnlyList<(string Text, bool IsFile)> Read(JsonObject request, string owner)
    {
        var texts = new List<(string Text, bool IsFile)>();
        foreach (var part in request.Find("contents").Items().Where(content => content.FindText("role") != "model").SelectMany(content => content.Find("parts").Items()))
        {
            if (part.FindText("text") is { } text)
            {
                texts.Add((text, false));
            }
            else if (part.Find("inlineData") is { } data && IsText(data.FindText("mimeType")) && Decode(data.FindText("data")) is { } inline)
            {
                texts.Add((inline, true));
            }
            else if (part.Find("fileData").FindText("fileUri") is { } uri && FileId(uri) is { } id && files.Find(owner, id) is { } file && IsText(file.MimeType))
            {
                using var reader = new StreamReader(files.BlobPath(file), Encoding.UTF8);
                var content = new char[(int)Math.Min(file.Size, MaxFileCharacters)];
                texts.Add((new string(content, 0, reader.ReadBlock(content)), true));
            }
        }

        return texts;
    }

    private static bool IsText(string? mimeType) =>
        mimeType is not null && (mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/json" or "application/xml");

    private static string? Decode(string? base64)
    {
        try
        {
            return base64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
