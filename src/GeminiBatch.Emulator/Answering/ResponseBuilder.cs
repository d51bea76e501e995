using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Makes a GenerateContentResponse (protocol: 6): the answer by rule, cut to the output budget, then as messy as the noise profile wants.</summary>
internal sealed class ResponseBuilder(EmulatorNoise noise, Func<string, JsonObject, string?>? answerer, JudgeScript judge, DocumentText documents, RequestCheck check)
{
    private const int DefaultOutputTokens = 65_536;

    public RowOutcome Respond(JsonObject request, string key, Asked asked, SeededRandom random)
    {
        if (check.FindFault(request, asked) is { } fault)
        {
            return RowOutcome.Error(fault.Code, fault.Message);
        }

        var responseId = ResponseId(random);
        var text = answerer?.Invoke(key, request) ?? ByRule(request, key, documents.Read(request, asked));
        var settings = request.Find("generationConfig");
        var draft = new AnswerDraft(text, TokenCount.OfRequest(request), (int)Math.Min(settings.FindInteger("maxOutputTokens") ?? DefaultOutputTokens, DefaultOutputTokens))
        {
            Media = MediaAnswer.Make(request, text),
            IsJson = text.AsSpan().TrimStart() is ['{' or '[', ..],
            ThoughtTokens = Thinks(settings) ? 20 + random.Next(200) : 0,
            ShowsThoughts = settings.Find("thinkingConfig").Find("includeThoughts") is JsonValue shows && shows.TryGetValue(out bool included) && included,
        };
        return draft.Finish(noise, random, asked.Model, responseId);
    }

    private string ByRule(JsonObject request, string key, IReadOnlyList<(string Text, bool IsFile)> texts) => judge.Answer(request, key, texts) ?? RuleAnswer.Answer(request, texts);

    private static string ResponseId(SeededRandom random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, random.NextBits());
        BitConverter.TryWriteBytes(bytes[8..], random.NextBits());
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static bool Thinks(JsonNode? settings)
    {
        var thinking = settings.Find("thinkingConfig");
        return (thinking.FindText("thinkingLevel")?.ToUpperInvariant() is { } level && level != "MINIMAL") || thinking.FindInteger("thinkingBudget") is not (null or 0);
    }
}
