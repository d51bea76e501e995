namespace GeminiBatch;

/// <summary>What differs between two recipes, one line each, without the documents' or prompts' full text.</summary>
internal static class RecipeDifference
{
    private const int LongestExcerpt = 60;

    public static IReadOnlyList<string> Between(Recipe stored, Recipe asked)
    {
        var differences = new List<string>();
        Compare(differences, "model", stored.Model, asked.Model);
        Compare(differences, "prompt", stored.Prompt, asked.Prompt);
        Compare(differences, "system instruction", stored.SystemInstruction, asked.SystemInstruction);
        Compare(differences, "schema", stored.Schema, asked.Schema);
        Compare(differences, "schema placement", stored.Placement.ToString(), asked.Placement.ToString());
        Compare(differences, "settings", stored.Settings?.ToJson(), asked.Settings?.ToJson());
        Compare(differences, "safety settings", Join(stored.Safety), Join(asked.Safety));
        Compare(differences, "tools", string.Join(", ", stored.Tools.Select(static tool => tool.Json)), string.Join(", ", asked.Tools.Select(static tool => tool.Json)));
        Compare(differences, "metadata in the prompt", stored.IncludeMetadata ? "yes" : "no", asked.IncludeMetadata ? "yes" : "no");
        return differences;
    }

    private static string Join(IReadOnlyList<GeminiSafetySetting> settings) => string.Join(", ", settings.Select(static setting => $"{setting.Category}={setting.Threshold}"));

    private static void Compare(List<string> differences, string name, string? stored, string? asked)
    {
        stored ??= "";
        asked ??= "";
        if (string.Equals(stored, asked, StringComparison.Ordinal))
        {
            return;
        }

        var at = stored.AsSpan().CommonPrefixLength(asked);
        differences.Add($"{name}: {Excerpt(stored, at)} -> {Excerpt(asked, at)}");
    }

    private static string Excerpt(string text, int at)
    {
        if (text.Length == 0)
        {
            return "none";
        }

        var start = text.Length <= LongestExcerpt ? 0 : Math.Max(0, Math.Min(at - 20, text.Length - LongestExcerpt));
        var length = Math.Min(LongestExcerpt, text.Length - start);
        var excerpt = text.Substring(start, length).ReplaceLineEndings(" ");
        return $"'{(start > 0 ? "…" : "")}{excerpt}{(start + length < text.Length ? "…" : "")}'";
    }
}
