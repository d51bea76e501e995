using System.Text.Json;

namespace GeminiBatch;

/// <summary>What the wire keeps under <c>generationConfig</c> (protocol: 1.3). Everything left null is not sent.</summary>
/// <remarks>
/// Two settings are equal when they are written as the same bytes. <see cref="ToJson"/> and <see cref="FromJson(string)"/> are inverse,
/// so that settings can be stored. Which settings a model ignores or refuses is in <see cref="GeminiCatalogue"/>.
/// </remarks>
public sealed partial record GenerationSettings
{
    /// <summary>Randomness, 0 to 2. Ignored by newer models (protocol: 8).</summary>
    public double? Temperature { get; init; }

    /// <summary>Share of probability that sampling draws from, 0 to 1. Ignored by newer models.</summary>
    public double? TopP { get; init; }

    /// <summary>Number of tokens that sampling draws from. Ignored by newer models.</summary>
    public int? TopK { get; init; }

    /// <summary>Number of answers; only the first is read.</summary>
    public int? CandidateCount { get; init; }

    /// <summary>Most tokens of answer and thoughts together. Thinking counts: a small number gives empty answers (protocol: 10, no. 17).</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Texts at which the model stops.</summary>
    public IReadOnlyList<string>? StopSequences { get; init; }

    /// <summary>Seed of sampling.</summary>
    public int? Seed { get; init; }

    /// <summary>Penalty for words already used. Refused by newer models.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Penalty that grows with use. Refused by newer models.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Whether log probabilities are sent along.</summary>
    public bool? ResponseLogprobs { get; init; }

    /// <summary>How many alternatives each log probability comes with.</summary>
    public int? Logprobs { get; init; }

    /// <summary>Kinds of output, such as <c>TEXT</c> or <c>IMAGE</c>.</summary>
    public IReadOnlyList<string>? ResponseModalities { get; init; }

    /// <summary>Tokens spent on media.</summary>
    public GeminiMediaResolution? MediaResolution { get; init; }

    /// <summary>How much the model thinks.</summary>
    public GeminiThinking? Thinking { get; init; }

    /// <summary><c>application/json</c> for structured output, <c>text/x.enum</c> for one of an enum's values, null for text (protocol: 7).</summary>
    public string? ResponseMimeType { get; init; }

    /// <summary>Schema of the answer in Gemini's OpenAPI dialect, as UTF-8 JSON; excludes <see cref="ResponseJsonSchema"/>. Kept without white space.</summary>
    /// <exception cref="ArgumentException">The value is no JSON object.</exception>
    public ReadOnlyMemory<byte> ResponseSchema
    {
        get;
        init => field = RawJson.Compact(value, nameof(ResponseSchema));
    }

    /// <summary>Schema of the answer as JSON Schema, as UTF-8 JSON; excludes <see cref="ResponseSchema"/>. Kept without white space.</summary>
    /// <exception cref="ArgumentException">The value is no JSON object.</exception>
    public ReadOnlyMemory<byte> ResponseJsonSchema
    {
        get;
        init => field = RawJson.Compact(value, nameof(ResponseJsonSchema));
    }

    /// <summary>
    /// Further members of <c>generationConfig</c> as one JSON object, such as <c>{"speechConfig":{…}}</c>; null for none.
    /// Reading settings back puts members here that this type has no property for.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no JSON object.</exception>
    public string? AdditionalJson
    {
        get;
        init => field = value is null ? null : RawJson.Compact(value, nameof(AdditionalJson));
    }

    /// <summary>Whether nothing at all is set.</summary>
    public bool IsEmpty =>
        Temperature is null && TopP is null && TopK is null && CandidateCount is null && MaxOutputTokens is null && StopSequences is null && Seed is null
        && PresencePenalty is null && FrequencyPenalty is null && ResponseLogprobs is null && Logprobs is null && ResponseModalities is null
        && MediaResolution is null && (Thinking is null or { Level: null, Budget: null, IncludeThoughts: null })
        && ResponseMimeType is null && ResponseSchema.IsEmpty && ResponseJsonSchema.IsEmpty && (AdditionalJson is null or "{}");

    /// <summary>The settings as compact JSON: the same settings give the same text.</summary>
    /// <exception cref="InvalidOperationException">Both response schemas are set.</exception>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(ToUtf8());

    /// <inheritdoc />
    public bool Equals(GenerationSettings? other) => other is not null && (ReferenceEquals(this, other) || ToUtf8().AsSpan().SequenceEqual(other.ToUtf8()));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(ToUtf8());
        return hash.ToHashCode();
    }

    private byte[] ToUtf8() => RawJson.Write(WriteTo);
}
