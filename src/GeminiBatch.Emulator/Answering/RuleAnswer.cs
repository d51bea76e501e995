using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Answers by rule: fills the request's schema from the document's text.</summary>
internal static class RuleAnswer
{
    public static bool ExpectsJson(JsonObject request) =>
        request.Find("generationConfig").FindText("responseMimeType") == "application/json" || request.Find("generationConfig").Find("responseSchema") is not null;

    public static string Answer(JsonObject request, IReadOnlyList<string> texts) => ExpectsJson(request) ? "{}" : "No model is at work here; the document has " + texts.Sum(text => text.Length) + " characters.";
}
