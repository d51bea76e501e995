using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>The outcome of a run as one JSON object, for programs.</summary>
internal static class SummaryJson
{
    public static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(RunOutcome outcome, ResultFiles files) => Write(writer =>
    {
        var summary = outcome.Summary;
        writer.WriteString("run", summary.Run);
        writer.WriteNumber("planned", summary.Planned);
        writer.WriteNumber("succeeded", summary.Succeeded);
        writer.WriteNumber("failed", summary.Failed);
        writer.WriteNumber("pending", summary.Pending);
        writer.WriteNumber("skipped", outcome.Skipped.Count);
        writer.WriteNumber("jobsSubmitted", summary.JobsSubmitted);
        writer.WriteNumber("rows", summary.Rows);
        writer.WriteNumber("inputTokens", summary.Usage.InputTokens);
        writer.WriteNumber("outputTokens", summary.Usage.OutputTokens);
        WriteMoney(writer, "costUsd", summary.Cost);
        WriteParts(writer, "costUsdByPart", summary.CostByPart);
        WriteMoney(writer, "estimatedCostUsd", summary.EstimatedCost);
        writer.WriteNumber("searchQueries", summary.SearchQueries);
        writer.WriteNumber("cached", summary.Cached);
        writer.WriteBoolean("paused", summary.IsPaused);
        writer.WriteNumber("elapsedSeconds", Math.Round(summary.Elapsed.TotalSeconds, 3));
        WriteCounts(writer, "failuresByReason", outcome.Failures.Select(static group => (group.Reason, group.Count)));
        WriteCounts(writer, "repairsByKind", outcome.Repairs.Select(static entry => (entry.Key.ToString(), entry.Value)));
        WriteAccuracy(writer, outcome.Accuracy);
        writer.WriteStartArray("notes");
        foreach (var note in summary.Notes)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("skippedDocuments");
        foreach (var skipped in outcome.Skipped)
        {
            writer.WriteStartObject();
            writer.WriteString("id", skipped.Id);
            writer.WriteString("reason", skipped.Reason);
            writer.WriteString("message", skipped.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("jsonl", files.JsonLinesPath);
        writer.WriteString("csv", files.CsvPath);
    });

    /// <summary>One indented object and a line break.</summary>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    public static void WriteMoney(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteParts(Utf8JsonWriter writer, string name, RunCost? cost)
    {
        if (cost is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        WriteMoney(writer, "input", cost.Input);
        WriteMoney(writer, "inputFromCache", cost.CachedInput);
        WriteMoney(writer, "output", cost.Output);
        WriteMoney(writer, "thinking", cost.Thinking);
        WriteMoney(writer, "search", cost.Search);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IEnumerable<(string Name, long Count)> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }

    private static void WriteAccuracy(Utf8JsonWriter writer, AccuracyTally accuracy)
    {
        writer.WriteStartObject("accuracy");
        writer.WriteNumber("documents", accuracy.DocumentsCompared);
        writer.WriteNumber("documentsRight", accuracy.DocumentsRight);
        writer.WriteNumber("documentsFailed", accuracy.DocumentsFailed);
        writer.WriteNumber("fields", accuracy.Compared);
        writer.WriteNumber("fieldsRight", accuracy.Matched);
        writer.WriteStartObject("byField");
        foreach (var field in accuracy.Fields)
        {
            writer.WriteStartObject(field.Path);
            writer.WriteNumber("right", field.Matched);
            writer.WriteNumber("compared", field.Compared);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
