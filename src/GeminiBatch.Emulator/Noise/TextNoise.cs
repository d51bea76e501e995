using System.Text;
using System.Text.Json;

namespace GeminiBatch.Emulator;

/// <summary>Makes a clean JSON answer look like the recorded ones.</summary>
internal static class TextNoise
{
    private static readonly string[] Openings = ["Here is the extracted data:\n\n", "Sure! Here's the JSON you asked for:\n", "Based on the document, the result is:\n\n"];
    private static readonly string[] Closings = ["\n\nLet me know if you need anything else.", "\nNote: values are given as printed in the document.", ""];

    public static string Apply(string json, NoiseStrikes strikes, SeededRandom random)
    {
        var text = json;
        if (strikes.EarlyClosedRoot)
        {
            text = CloseRootEarly(text, random);
        }

        if (strikes.TrailingComma)
        {
            text = AddTrailingComma(text, random);
        }

        if (strikes.Fence)
        {
            text = "```json\n" + text + "\n```" + (random.Next(2) == 0 ? "\n" : "");
        }

        return strikes.Prose ? Openings[random.Next(Openings.Length)] + text + Closings[random.Next(Closings.Length)] : text;
    }

    /// <summary>Two or three pieces, cut anywhere but inside a character.</summary>
    public static IReadOnlyList<string> Split(string text, SeededRandom random)
    {
        var pieces = new List<string>();
        var rest = text;
        for (var count = 1 + random.Next(2); count > 0 && rest.Length > 1; count--)
        {
            var at = 1 + random.Next(rest.Length - 1);
            at -= char.IsHighSurrogate(rest[at - 1]) ? 1 : 0;
            if (at > 0)
            {
                pieces.Add(rest[..at]);
                rest = rest[at..];
            }
        }

        pieces.Add(rest);
        return pieces;
    }

    /// <summary>A surplus brace after a member of the root, as most recorded free-form answers have it (real data: quirk 15).</summary>
    private static string CloseRootEarly(string json, SeededRandom random) =>
        Insert(json, random, static (token, _, depth) => token == JsonTokenType.PropertyName && depth == 1, skipFirst: true, static (text, at) =>
        {
            var comma = text.LastIndexOf(',', at);
            return comma < 0 ? text : text[..comma] + "\n}" + text[comma..];
        });

    private static string AddTrailingComma(string json, SeededRandom random) =>
        Insert(json, random, static (token, previous, _) => token is JsonTokenType.EndObject or JsonTokenType.EndArray && previous is not (JsonTokenType.StartObject or JsonTokenType.StartArray), skipFirst: false, static (text, at) =>
        {
            var last = at - 1;
            while (last > 0 && char.IsWhiteSpace(text[last]))
            {
                last--;
            }

            return text[..(last + 1)] + "," + text[(last + 1)..];
        });

    private static string Insert(string json, SeededRandom random, Func<JsonTokenType, JsonTokenType, int, bool> isPlace, bool skipFirst, Func<string, int, string> change)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var places = new List<int>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true });
        try
        {
            for (var previous = JsonTokenType.None; reader.Read(); previous = reader.TokenType)
            {
                if (isPlace(reader.TokenType, previous, reader.CurrentDepth))
                {
                    places.Add((int)reader.TokenStartIndex);
                }
            }
        }
        catch (JsonException)
        {
            // An answer that is messy already stays as it is.
            if (places.Count == 0)
            {
                return json;
            }
        }

        var first = skipFirst ? 1 : 0;
        if (places.Count <= first)
        {
            return json;
        }

        var place = places[first + random.Next(places.Count - first)];
        return change(json, Encoding.UTF8.GetCharCount(utf8, 0, place));
    }
}
