using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The text that an answer is read from: the user's text parts, and the text of files they refer to.</summary>
internal sealed class DocumentText(MediaReader media)
{
    /// <summary>The texts of all parts, in order, with those that are a file's content marked.</summary>
    public IReadOnlyList<(string Text, bool IsFile)> Read(JsonObject request, Asked asked)
    {
        var texts = new List<(string Text, bool IsFile)>();
        foreach (var part in request.Find("contents").Items().Where(content => content.FindText("role") != "model").SelectMany(content => content.Find("parts").Items()))
        {
            if (part.FindText("text") is { } text)
            {
                texts.Add((text, false));
            }
            else if (media.Read(part, asked) is { } content && TextOf(content) is { Length: > 0 } read)
            {
                texts.Add((read, true));
            }
        }

        return texts;
    }

    private static string? TextOf(MediaContent content) => content switch
    {
        { IsText: true } => Encoding.UTF8.GetString(content.Bytes),
        { IsPdf: true } => PdfText.Read(content.Bytes),
        { IsImage: true } => ImageFacts.Read(content.Bytes)?.Describe(),
        _ => null,
    };
}
