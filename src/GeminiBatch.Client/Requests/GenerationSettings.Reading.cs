using System.Text.Json;

namespace GeminiBatch;

public sealed partial record GenerationSettings
{
    /// <summary>Reads settings that <see cref="ToJson"/> or <see cref="WriteTo"/> wrote.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="FormatException">The text is no JSON object, or a member has the wrong kind of value.</exception>
    public static GenerationSettings FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return FromJson(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"Generation settings are no valid JSON: {exception.Message}", exception);
        }
    }

    /// <inheritdoc cref="FromJson(string)" />
    public static GenerationSettings FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"Generation settings are a JSON object, not {json.ValueKind}.");
        }

        var settings = new GenerationSettings();
        List<JsonProperty>? unknown = null;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (Apply(settings, member) is { } applied)
            {
                settings = applied;
            }
            else
            {
                (unknown ??= []).Add(member);
            }
        }

        return unknown is null ? settings : settings with { AdditionalJson = Gather(unknown) };
    }

    // Null: this type has no property for the member, or not for its value.
    private static GenerationSettings? Apply(GenerationSettings settings, JsonProperty member)
    {
        JsonElement value = member.Value;
        try
        {
            return member.Name switch
            {
                "temperature" => settings with { Temperature = value.GetDouble() },
                "topP" => settings with { TopP = value.GetDouble() },
                "topK" => settings with { TopK = value.GetInt32() },
                "candidateCount" => settings with { CandidateCount = value.GetInt32() },
                "maxOutputTokens" => settings with { MaxOutputTokens = value.GetInt32() },
                "stopSequences" => settings with { StopSequences = Texts(value) },
                "seed" => settings with { Seed = value.GetInt32() },
                "presencePenalty" => settings with { PresencePenalty = value.GetDouble() },
                "frequencyPenalty" => settings with { FrequencyPenalty = value.GetDouble() },
                "responseLogprobs" => settings with { ResponseLogprobs = value.GetBoolean() },
                "logprobs" => settings with { Logprobs = value.GetInt32() },
                "responseModalities" => settings with { ResponseModalities = Texts(value) },
                "mediaResolution" when WireNames.MediaResolution(value.GetString()) is { } resolution => settings with { MediaResolution = resolution },
                "responseMimeType" => settings with { ResponseMimeType = value.GetString() },
                "responseSchema" => settings with { ResponseSchema = Utf8(value) },
                "responseJsonSchema" => settings with { ResponseJsonSchema = Utf8(value) },
                "thinkingConfig" => ReadThinking(value) is { } thinking ? settings with { Thinking = thinking } : null,
                _ => null,
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new FormatException($"The generation setting '{member.Name}' has a value of the wrong kind: {exception.Message}", exception);
        }
    }

    private static GeminiThinking? ReadThinking(JsonElement value)
    {
        GeminiThinkingLevel? level = WireNames.ThinkingLevel(JsonRead.Text(value, "thinkingLevel"));
        if (level is null && JsonRead.Member(value, "thinkingLevel") is not null)
        {
            return null;
        }

        return new GeminiThinking
        {
            Level = level,
            Budget = JsonRead.Int32(value, "thinkingBudget"),
            IncludeThoughts = JsonRead.Boolean(value, "includeThoughts"),
        };
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException("a list of texts holds null"))];

    private static byte[] Utf8(JsonElement value) => System.Text.Encoding.UTF8.GetBytes(value.GetRawText());

    private static string Gather(List<JsonProperty> members) => System.Text.Encoding.UTF8.GetString(RawJson.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in members)
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }));
}
