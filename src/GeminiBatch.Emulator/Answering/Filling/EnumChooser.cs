using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Chooses a value of an enumeration: the one that is known, else the one that the text mentions most; an "other" where nothing is mentioned.</summary>
internal static class EnumChooser
{
    private static readonly HashSet<string> Unknowns = new(StringComparer.Ordinal) { "other", "unknown", "none", "unspecified", "undefined", "miscellaneous", "misc", "na", "not specified" };

    public static JsonNode? Choose(AnswerSchema schema, string? known, string text)
    {
        var chosen = known is null ? null : schema.Values.FirstOrDefault(value => string.Equals(value, known, StringComparison.OrdinalIgnoreCase)) ?? ByDescription(schema, known);
        chosen ??= ByMention(schema, text);
        chosen ??= schema.Values.FirstOrDefault(value => Unknowns.Contains(string.Join(' ', ConceptResolver.Words(value))));
        return chosen is null ? null
            : schema.IsNumber && decimal.TryParse(chosen, System.Globalization.CultureInfo.InvariantCulture, out var number) ? ValueShaper.Number(number, schema)
            : chosen;
    }

    // Descriptions come as "EUR: Euro; USD: US dollar" or one per line.
    private static string? ByDescription(AnswerSchema schema, string known) => schema.Description is not { } description ? null
        : description.Split(['\n', ';', ',']).Where(piece => piece.Contains(known, StringComparison.OrdinalIgnoreCase))
            .Select(piece => schema.Values.FirstOrDefault(value => piece.Contains(value, StringComparison.Ordinal))).FirstOrDefault(value => value is not null);

    private static string? ByMention(AnswerSchema schema, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var folded = " " + string.Join(' ', ConceptResolver.Split(text)) + " ";
        string? best = null;
        var bestCount = 0;
        foreach (var value in schema.Values)
        {
            var phrase = string.Join(' ', ConceptResolver.Split(value));
            var count = phrase.Length == 0 ? 0 : Count(folded, " " + phrase + " ") + Count(folded, " " + phrase + "s ");
            if (count > bestCount)
            {
                best = value;
                bestCount = count;
            }
        }

        return best;
    }

    private static int Count(string text, string phrase)
    {
        var count = 0;
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
