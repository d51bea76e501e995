using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A clean answer on its way to a response.</summary>
internal sealed record AnswerDraft(string Text, int PromptTokens, int OutputBudget)
{
    private const int CharactersPerToken = 4;

    public bool IsJson { get; init; }

    /// <summary>A picture or sound that was asked for; sound comes without text.</summary>
    public JsonObject? Media { get; init; }

    public int ThoughtTokens { get; init; }

    public bool ShowsThoughts { get; init; }

    public RowOutcome Finish(EmulatorNoise noise, SeededRandom random, string model, string responseId)
    {
        // All chances are drawn, whatever strikes: one probability changed leaves the other quirks where they were.
        var strikes = NoiseStrikes.Draw(noise, random);
        if (strikes.RowErrorCode is { } code)
        {
            return RowOutcome.Error(code, RowOutcome.MessageOf(code));
        }

        if (strikes.Recitation)
        {
            return RowOutcome.Response(Envelope(new JsonObject { ["finishReason"] = "RECITATION", ["index"] = 0 }, 0, 0, model, responseId));
        }

        var text = IsJson ? TextNoise.Apply(Text, strikes, random) : Text;
        var thoughts = strikes.ThoughtParts && ThoughtTokens == 0 ? 40 + random.Next(200) : ThoughtTokens;
        var finishReason = "STOP";
        if (thoughts >= OutputBudget)
        {
            thoughts = OutputBudget;
            text = "";
            finishReason = "MAX_TOKENS";
        }
        else if (TokenCount.OfText(text) > OutputBudget - thoughts)
        {
            text = Cut(text, (OutputBudget - thoughts) * CharactersPerToken);
            finishReason = "MAX_TOKENS";
        }
        else if (strikes.Truncation)
        {
            text = strikes.TruncationLeavesNothing ? "" : Cut(text, (int)(text.Length * (0.2 + (0.75 * random.NextUnit()))));
            thoughts = strikes.TruncationLeavesNothing && thoughts == 0 ? 511 : thoughts;
            finishReason = "MAX_TOKENS";
        }

        var content = new JsonObject { ["role"] = "model" };
        if (Parts(text, strikes, random) is { Count: > 0 } parts)
        {
            content.Insert(0, "parts", parts);
        }

        var candidate = new JsonObject { ["content"] = content, ["finishReason"] = finishReason, ["index"] = 0 };
        var visible = strikes.MissingCandidatesTokenCount ? 0 : TokenCount.OfText(text);
        return RowOutcome.Response(Envelope(candidate, visible, thoughts, model, responseId));
    }

    private JsonArray Parts(string text, NoiseStrikes strikes, SeededRandom random)
    {
        var parts = new JsonArray();
        if (strikes.ThoughtParts || (ShowsThoughts && ThoughtTokens > 0))
        {
            parts.Add((JsonNode)new JsonObject { ["text"] = "**Reading the document**\n\nI look for {labels} and the values beside them.\n", ["thought"] = true });
        }

        var isSound = Media.Find("inlineData").FindText("mimeType") == "audio/wav";
        if (text.Length > 0 && !isSound)
        {
            foreach (var piece in strikes.SplitText ? TextNoise.Split(text, random) : [text])
            {
                parts.Add((JsonNode)new JsonObject { ["text"] = piece });
            }
        }

        if (Media is not null)
        {
            parts.Add(Media.DeepClone());
        }

        if (strikes.ThoughtSignature && text.Length > 0)
        {
            // On the answer's own part with older models, on a last part without text with newer ones.
            var signature = Convert.ToBase64String(BitConverter.GetBytes(random.NextBits()));
            if (random.Next(2) == 0)
            {
                parts[^1]!["thoughtSignature"] = signature;
            }
            else
            {
                parts.Add((JsonNode)new JsonObject { ["thoughtSignature"] = signature });
            }
        }

        return parts;
    }

    private JsonObject Envelope(JsonObject candidate, int visibleTokens, int thoughtTokens, string model, string responseId)
    {
        var usage = new JsonObject { ["promptTokenCount"] = PromptTokens };
        if (visibleTokens > 0)
        {
            usage["candidatesTokenCount"] = visibleTokens;
        }

        usage["totalTokenCount"] = PromptTokens + visibleTokens + thoughtTokens;
        usage["promptTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = PromptTokens });
        if (thoughtTokens > 0)
        {
            usage["thoughtsTokenCount"] = thoughtTokens;
        }

        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = usage,
            ["modelVersion"] = model,
            ["responseId"] = responseId,
        };
    }

    private static string Cut(string text, int length)
    {
        var end = Math.Clamp(length, 0, text.Length);
        return end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end];
    }
}
