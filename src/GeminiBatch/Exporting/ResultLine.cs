using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One result as one line of JSON, its line break included. Nothing in it depends on when or in which order results came.</summary>
internal static class ResultLine
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ExtractionResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.DocumentId);
            writer.WriteString("key", result.Key);
            writer.WriteBoolean("succeeded", result.Succeeded);
            writer.WritePropertyName("value");
            if (result.Succeeded)
            {
                writer.WriteRawValue(result.CanonicalJson.Span);
            }
            else
            {
                writer.WriteNullValue();
                WriteFailure(writer, result);
            }

            WriteRepairs(writer, result.Repairs);
            writer.WriteStartArray("notes");
            foreach (var note in result.Notes)
            {
                writer.WriteStringValue(note);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("metadata");
            foreach (var (name, value) in result.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.ToJson());
            }

            writer.WriteEndObject();
            WriteSources(writer, result);
            WriteUsage(writer, result);
            if (result.Cost is { } cost)
            {
                writer.WriteNumber("cost", cost);
            }

            writer.WriteString("modelVersion", result.ModelVersion);
            writer.WriteNumber("attempts", result.Attempts);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFailure(Utf8JsonWriter writer, ExtractionResult result)
    {
        var failure = result.Failure!;
        writer.WriteStartObject("failure");
        writer.WriteString("reason", failure.Reason);
        writer.WriteString("message", failure.Message);
        writer.WriteString("advice", failure.Advice);
        writer.WriteStartArray("errors");
        foreach (var error in failure.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", error.Kind.ToString());
            writer.WriteString("path", error.Path);
            writer.WriteString("message", error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        if (!result.CanonicalJson.IsEmpty)
        {
            writer.WritePropertyName("incompleteValue");
            writer.WriteRawValue(result.CanonicalJson.Span);
        }
    }

    private static void WriteRepairs(Utf8JsonWriter writer, IReadOnlyList<AnswerRepair> repairs)
    {
        writer.WriteStartArray("repairs");
        foreach (var repair in repairs)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", repair.Kind.ToString());
            writer.WriteString("path", repair.Path);
            writer.WriteString("message", repair.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSources(Utf8JsonWriter writer, ExtractionResult result)
    {
        if (result.Grounding is not { } grounding)
        {
            return;
        }

        writer.WriteStartArray("searches");
        foreach (var query in grounding.Queries)
        {
            writer.WriteStringValue(query);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("sources");
        foreach (var source in grounding.Sources)
        {
            writer.WriteStartObject();
            writer.WriteString("uri", source.Uri);
            writer.WriteString("title", source.Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter writer, ExtractionResult result)
    {
        if (result.Usage is not { } usage)
        {
            writer.WriteNull("usage");
            return;
        }

        writer.WriteStartObject("usage");
        writer.WriteNumber("promptTokens", usage.PromptTokens);
        writer.WriteNumber("candidatesTokens", usage.CandidatesTokens);
        writer.WriteNumber("thoughtsTokens", usage.ThoughtsTokens);
        writer.WriteNumber("cachedTokens", usage.CachedTokens);
        writer.WriteNumber("toolUseTokens", usage.ToolUseTokens);
        writer.WriteNumber("totalTokens", usage.TotalTokens);
        writer.WriteEndObject();
    }
}
