using System.Text.Json;

namespace GeminiBatch;

/// <summary>Threshold of one safety filter.</summary>
/// <param name="Category">Such as <c>HARM_CATEGORY_HARASSMENT</c> (protocol: 6, harm category).</param>
/// <param name="Threshold">Such as <c>BLOCK_ONLY_HIGH</c> or <c>OFF</c> (protocol: 6, threshold).</param>
public sealed record GeminiSafetySetting(string Category, string Threshold)
{
    /// <summary>Writes settings as the wire's <c>safetySettings</c> array.</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    /// <param name="settings">The settings, written in their order.</param>
    public static void WriteList(Utf8JsonWriter writer, IReadOnlyList<GeminiSafetySetting> settings)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(settings);
        writer.WriteStartArray();
        foreach (GeminiSafetySetting setting in settings)
        {
            writer.WriteStartObject();
            writer.WriteString("category"u8, setting.Category);
            writer.WriteString("threshold"u8, setting.Threshold);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteList"/> wrote.</summary>
    /// <param name="array">The array.</param>
    /// <exception cref="FormatException">The value is no array of objects with a category and a threshold.</exception>
    public static IReadOnlyList<GeminiSafetySetting> ReadList(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Safety settings are a JSON array of {category, threshold} objects.");
        }

        var settings = new List<GeminiSafetySetting>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (JsonRead.Text(item, "category") is not { } category || JsonRead.Text(item, "threshold") is not { } threshold)
            {
                throw new FormatException("A safety setting needs the texts 'category' and 'threshold'.");
            }

            settings.Add(new GeminiSafetySetting(category, threshold));
        }

        return settings;
    }
}
