using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>About four characters to a token; 258 for a picture or page, as Google counts them.</summary>
internal static class TokenCount
{
    private const int MediaTokens = 258;

    public static int OfText(string text) => (text.Length + 3) / 4;

    public static int OfRequest(JsonObject request)
    {
        var parts = request.Find("contents").Items().Append(request.Find("systemInstruction")).SelectMany(content => content.Find("parts").Items());
        return Math.Max(1, parts.Sum(OfPart));
    }

    private static int OfPart(JsonNode part) => part.FindText("text") is { } text ? OfText(text)
        : part.Find("fileData") is not null || part.Find("inlineData") is not null ? MediaTokens
        : 1;
}
