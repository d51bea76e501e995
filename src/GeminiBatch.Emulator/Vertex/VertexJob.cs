using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>What a batchPredictionJob has beside the parts it shares with a batch (protocol: 3.3, 3.4).</summary>
/// <param name="Location">The location in its path, e.g. global.</param>
/// <param name="Model">The model as the resource shows it, publishers/google/models/…</param>
/// <param name="Body">The create body: configurations and labels are echoed as they were sent.</param>
/// <param name="WorkTime">How long all its rows would take.</param>
internal sealed record VertexJob(string Location, string Model, JsonObject Body, TimeSpan WorkTime)
{
    /// <summary>Queued for 72 hours it expires, and running for 24 hours it is stopped (protocol: 3.6).</summary>
    public static TimeSpan QueueExpiry { get; } = TimeSpan.FromHours(72);

    public static TimeSpan RunExpiry { get; } = TimeSpan.FromHours(24);

    /// <summary>Cancelling takes a moment (protocol: 3.2).</summary>
    public static TimeSpan CancellingTime { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether there are rows to answer: not where they lie in a table, or the import failed.</summary>
    public bool HasRows { get; init; }

    /// <summary>How many files the rows are written to.</summary>
    public int Files { get; init; } = 1;

    /// <summary>How many directories of other jobs lie under the same prefix.</summary>
    public int Neighbours { get; init; }

    /// <summary>What was written, once it was.</summary>
    public VertexOutput? Output { get; init; }

    /// <summary>The prefix that output goes below, without gs://; null where it goes to a table.</summary>
    public string? OutputPrefix => Body.Find("outputConfig").Find("gcsDestination").FindText("outputUriPrefix") is { } uri && uri.StartsWith("gs://", StringComparison.Ordinal) ? uri[5..].TrimEnd('/') : null;

    /// <summary>The table or dataset that output goes to, as sent.</summary>
    public string? OutputTable => Body.Find("outputConfig").Find("bigqueryDestination").FindText("outputUri");

    public string CollectionOf(string owner) => $"projects/{owner["project-".Length..]}/locations/{Location}/batchPredictionJobs";

    public JsonObject ToState() => new()
    {
        ["location"] = Location,
        ["model"] = Model,
        ["body"] = Body.DeepClone(),
        ["workMilliseconds"] = (long)WorkTime.TotalMilliseconds,
        ["hasRows"] = HasRows,
        ["files"] = Files,
        ["neighbours"] = Neighbours,
        ["output"] = Output?.ToState(),
    };

    public static VertexJob FromState(JsonNode state) => new(
        state.FindText("location")!,
        state.FindText("model")!,
        state.Find("body") as JsonObject ?? [],
        TimeSpan.FromMilliseconds(state.FindInteger("workMilliseconds") ?? 0))
    {
        HasRows = (bool?)state.Find("hasRows") ?? false,
        Files = (int)(state.FindInteger("files") ?? 1),
        Neighbours = (int)(state.FindInteger("neighbours") ?? 0),
        Output = state.Find("output") is { } output ? VertexOutput.FromState(output) : null,
    };
}
