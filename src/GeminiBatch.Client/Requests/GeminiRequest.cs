using System.Text.Json;

namespace GeminiBatch;

/// <summary>One generation request, as it stands in a batch row, an inline row or a synchronous call (protocol: 1.3, 2.1).</summary>
/// <remarks>Lists are not copied: do not change them after handing the request over.</remarks>
public sealed record GeminiRequest
{
    /// <summary>The turns sent to the model; at least one. Media parts come before the text that speaks of them.</summary>
    public required IReadOnlyList<GeminiContent> Contents { get; init; }

    /// <summary>Instruction to the model that is no turn of the conversation. Its role is never written.</summary>
    public GeminiContent? SystemInstruction { get; init; }

    /// <summary>Everything that the wire keeps under <c>generationConfig</c>.</summary>
    public GenerationSettings? Settings { get; init; }

    /// <summary>Thresholds of the safety filters; empty leaves the model's own.</summary>
    public IReadOnlyList<GeminiSafetySetting> Safety { get; init; } = [];

    /// <summary>Tools that the model may use; empty for none.</summary>
    public IReadOnlyList<GeminiTool> Tools { get; init; } = [];

    /// <summary>How tools are called, as the JSON object of the wire's <c>toolConfig</c>; null leaves the default.</summary>
    public string? ToolConfigJson { get; init; }

    /// <summary>Name of an explicit cache (<c>cachedContents/…</c>). Not supported in batches on Vertex AI (protocol: 3.6).</summary>
    public string? CachedContent { get; init; }

    /// <summary>Service tier as the wire names it, or null.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Writes the request as one JSON object: settings inside <c>generationConfig</c>, all else at request level (protocol: 1.3).</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    /// <exception cref="InvalidOperationException">There are no contents, or both response schemas are set.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteMembersTo(writer);
        writer.WriteEndObject();
    }

    internal void WriteMembersTo(Utf8JsonWriter writer)
    {
        if (Contents is not { Count: > 0 })
        {
            throw new InvalidOperationException("A request needs at least one content. Add a GeminiContent with a part to GeminiRequest.Contents.");
        }

        writer.WriteStartArray("contents"u8);
        foreach (GeminiContent content in Contents)
        {
            content.WriteTo(writer, content.Role);
        }

        writer.WriteEndArray();
        if (SystemInstruction is { } instruction)
        {
            writer.WritePropertyName("systemInstruction"u8);
            instruction.WriteTo(writer, role: null);
        }

        if (Tools.Count > 0)
        {
            writer.WritePropertyName("tools"u8);
            GeminiTool.WriteList(writer, Tools);
        }

        if (ToolConfigJson is { } toolConfig)
        {
            writer.WritePropertyName("toolConfig"u8);
            RawJson.Write(writer, toolConfig, nameof(ToolConfigJson));
        }

        if (Safety.Count > 0)
        {
            writer.WritePropertyName("safetySettings"u8);
            GeminiSafetySetting.WriteList(writer, Safety);
        }

        if (CachedContent is { } cached)
        {
            writer.WriteString("cachedContent"u8, cached);
        }

        if (ServiceTier is { } tier)
        {
            writer.WriteString("serviceTier"u8, tier);
        }

        if (Settings is { IsEmpty: false } settings)
        {
            writer.WritePropertyName("generationConfig"u8);
            settings.WriteTo(writer);
        }
    }
}
