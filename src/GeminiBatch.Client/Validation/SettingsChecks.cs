using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks <c>generationConfig</c> (protocol: 1.3, 7, 8).</summary>
internal static class SettingsChecks
{
    // Fewer tokens than thinking takes as a rule.
    private const int FewTokens = 64;

    private static readonly Dictionary<string, JsonTokenType> Members = new(StringComparer.Ordinal)
    {
        ["temperature"] = JsonTokenType.Number,
        ["topP"] = JsonTokenType.Number,
        ["topK"] = JsonTokenType.Number,
        ["candidateCount"] = JsonTokenType.Number,
        ["maxOutputTokens"] = JsonTokenType.Number,
        ["stopSequences"] = JsonTokenType.StartArray,
        ["seed"] = JsonTokenType.Number,
        ["presencePenalty"] = JsonTokenType.Number,
        ["frequencyPenalty"] = JsonTokenType.Number,
        ["responseLogprobs"] = JsonTokenType.True,
        ["logprobs"] = JsonTokenType.Number,
        ["responseModalities"] = JsonTokenType.StartArray,
        ["mediaResolution"] = JsonTokenType.String,
        ["responseMimeType"] = JsonTokenType.String,
        ["responseSchema"] = JsonTokenType.StartObject,
        ["responseJsonSchema"] = JsonTokenType.StartObject,
        ["_responseJsonSchema"] = JsonTokenType.StartObject,
        ["thinkingConfig"] = JsonTokenType.StartObject,
        ["speechConfig"] = JsonTokenType.StartObject,
        ["imageConfig"] = JsonTokenType.StartObject,
        ["responseFormat"] = JsonTokenType.None,
        ["enableEnhancedCivicAnswers"] = JsonTokenType.True,
        ["audioTimestamp"] = JsonTokenType.True,
        ["routingConfig"] = JsonTokenType.StartObject,
        ["modelSelectionConfig"] = JsonTokenType.StartObject,
    };

    private static readonly HashSet<string> VertexOnly = new(StringComparer.Ordinal) { "audioTimestamp", "routingConfig", "modelSelectionConfig" };

    internal static bool Knows(string name) => Members.ContainsKey(name) || name is "thinkingLevel" or "thinkingBudget" or "includeThoughts";

    internal static void Check(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int settings = tree.Find(request, "generationConfig");
        if (!tree.IsObject(settings))
        {
            return;
        }

        for (int member = tree.First(settings); member != RowTree.None; member = tree.Next(member))
        {
            CheckMember(row, member);
        }

        row.IsOneOf(tree.Find(settings, "mediaResolution"), WireNames.MediaResolutions);
        int modalities = tree.Find(settings, "responseModalities");
        for (int modality = tree.IsArray(modalities) ? tree.First(modalities) : RowTree.None; modality != RowTree.None; modality = tree.Next(modality))
        {
            row.IsOneOf(modality, WireNames.Modalities);
        }

        CheckSampling(row, settings);
        CheckThinking(row, tree.Find(settings, "thinkingConfig"));
        SchemaChecks.Check(row, settings);
    }

    private static void CheckMember(RowCheck row, int member)
    {
        RowTree tree = row.Tree;
        string name = tree.CamelName(member);
        if (RequestChecks.Knows(name))
        {
            row.Report(RequestRules.FieldMisplaced, member, $"{tree.Quoted(member)} stands in generationConfig and belongs into the request.");
        }
        else if (name is "thinkingLevel" or "thinkingBudget" or "includeThoughts")
        {
            row.Report(RequestRules.FieldMisplaced, member, $"{tree.Quoted(member)} belongs into generationConfig.thinkingConfig.");
        }
        else if (!Members.TryGetValue(name, out JsonTokenType kind) || (!row.IsVertex && VertexOnly.Contains(name)))
        {
            row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of generationConfig.");
        }
        else if (kind != JsonTokenType.None)
        {
            row.Is(member, kind);
        }
    }

    private static void CheckSampling(RowCheck row, int settings)
    {
        RowTree tree = row.Tree;
        int candidates = tree.Find(settings, "candidateCount");
        if (tree.Integer(candidates) is > 1)
        {
            row.Report(RequestRules.CandidateCount, candidates, "More than one answer is asked for.");
        }

        if (row.Model is not { } model)
        {
            return;
        }

        foreach (string name in model.Sampling.Refused)
        {
            if (tree.Find(settings, name) is var refused && tree.Has(refused))
            {
                row.Report(RequestRules.SamplingRefused, refused, $"{model.Id} refuses {tree.Quoted(refused)}.");
            }
        }

        foreach (string name in model.Sampling.Ignored)
        {
            if (tree.Find(settings, name) is var ignored && tree.Has(ignored))
            {
                row.Report(RequestRules.SamplingIgnored, ignored, $"{model.Id} ignores {tree.Quoted(ignored)}.");
            }
        }

        int most = tree.Find(settings, "maxOutputTokens");
        if (tree.Integer(most) is { } tokens && (tokens > model.OutputTokens || (tokens < FewTokens && model.Thinking is not null)))
        {
            row.Report(RequestRules.OutputTokens, most, $"{tokens} output tokens are asked for; {model.Id} gives up to {model.OutputTokens}, thoughts included.");
        }
    }

    private static void CheckThinking(RowCheck row, int thinking)
    {
        RowTree tree = row.Tree;
        if (!tree.IsObject(thinking))
        {
            return;
        }

        int level = tree.Find(thinking, "thinkingLevel");
        int budget = tree.Find(thinking, "thinkingBudget");
        row.IsOneOf(level, WireNames.ThinkingLevels);
        for (int member = tree.First(thinking); member != RowTree.None; member = tree.Next(member))
        {
            if (tree.CamelName(member) is not ("thinkingLevel" or "thinkingBudget" or "includeThoughts"))
            {
                row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of thinkingConfig.");
            }
        }

        if (tree.Has(level) && tree.Has(budget))
        {
            row.Report(RequestRules.ThinkingBoth, thinking, "Both a thinking level and a budget are set.");
        }
        else if (row.Model is { } model && (tree.Has(level) || tree.Has(budget)))
        {
            var asked = new GeminiThinking { Level = WireNames.ThinkingLevel(tree.Text(level)), Budget = tree.Integer(budget) is { } tokens ? (int)Math.Clamp(tokens, int.MinValue, int.MaxValue) : null };
            if (model.Thinking is null || !model.Thinking.Allows(asked))
            {
                row.Report(RequestRules.ThinkingUnsupported, tree.Has(level) ? level : budget, $"{model.Id} does not take this.");
            }
        }
    }
}
