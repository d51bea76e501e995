using System.Text.Json;

namespace GeminiBatch;

public sealed partial record GenerationSettings
{
    /// <summary>Writes the settings as one JSON object, members in a fixed order, nothing that is null.</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    /// <exception cref="InvalidOperationException">Both response schemas are set (protocol: 7).</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!ResponseSchema.IsEmpty && !ResponseJsonSchema.IsEmpty)
        {
            throw new InvalidOperationException("ResponseSchema and ResponseJsonSchema exclude each other: the service refuses a request with both. Set one of them.");
        }

        writer.WriteStartObject();
        WriteSampling(writer);
        WriteOutput(writer);
        WriteThinking(writer);
        if (AdditionalJson is not null)
        {
            using JsonDocument document = JsonDocument.Parse(AdditionalJson);
            foreach (JsonProperty property in document.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteSampling(Utf8JsonWriter writer)
    {
        WriteNumber(writer, "temperature"u8, Temperature);
        WriteNumber(writer, "topP"u8, TopP);
        WriteNumber(writer, "topK"u8, TopK);
        WriteNumber(writer, "candidateCount"u8, CandidateCount);
        WriteNumber(writer, "maxOutputTokens"u8, MaxOutputTokens);
        WriteList(writer, "stopSequences"u8, StopSequences);
        WriteNumber(writer, "seed"u8, Seed);
        WriteNumber(writer, "presencePenalty"u8, PresencePenalty);
        WriteNumber(writer, "frequencyPenalty"u8, FrequencyPenalty);
        if (ResponseLogprobs is { } wanted)
        {
            writer.WriteBoolean("responseLogprobs"u8, wanted);
        }

        WriteNumber(writer, "logprobs"u8, Logprobs);
    }

    private void WriteOutput(Utf8JsonWriter writer)
    {
        WriteList(writer, "responseModalities"u8, ResponseModalities);
        if (MediaResolution is { } resolution)
        {
            writer.WriteString("mediaResolution"u8, WireNames.MediaResolution(resolution));
        }

        if (ResponseMimeType is not null)
        {
            writer.WriteString("responseMimeType"u8, ResponseMimeType);
        }

        if (!ResponseSchema.IsEmpty)
        {
            writer.WritePropertyName("responseSchema"u8);
            writer.WriteRawValue(ResponseSchema.Span, skipInputValidation: true);
        }

        if (!ResponseJsonSchema.IsEmpty)
        {
            writer.WritePropertyName("responseJsonSchema"u8);
            writer.WriteRawValue(ResponseJsonSchema.Span, skipInputValidation: true);
        }
    }

    private void WriteThinking(Utf8JsonWriter writer)
    {
        if (Thinking is null or { Level: null, Budget: null, IncludeThoughts: null })
        {
            return;
        }

        writer.WriteStartObject("thinkingConfig"u8);
        if (Thinking.Level is { } level)
        {
            writer.WriteString("thinkingLevel"u8, WireNames.ThinkingLevel(level));
        }

        WriteNumber(writer, "thinkingBudget"u8, Thinking.Budget);
        if (Thinking.IncludeThoughts is { } include)
        {
            writer.WriteBoolean("includeThoughts"u8, include);
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
