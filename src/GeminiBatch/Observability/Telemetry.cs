using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GeminiBatch;

/// <summary>
/// Traces and metrics of the pipeline, under the name <c>GeminiBatch</c>: what OpenTelemetry has names for (<c>gen_ai.*</c>, <c>server.*</c>, <c>error.type</c>) under those,
/// and the rest under <c>gemini_batch.*</c>. Measured after what it tells of is committed. None carries a document's content or an account.
/// </summary>
internal static class Telemetry
{
    public const string Name = "GeminiBatch";

    private const string GenerateContent = "generate_content";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    private static Counter<long> Items { get; } = Meter.CreateCounter<long>("gemini_batch.items", "{item}", "Items that ended, by outcome.");

    private static Counter<long> Retries { get; } = Meter.CreateCounter<long>("gemini_batch.retries", "{row}", "Rows that are sent again, by reason.");

    private static Counter<long> Jobs { get; } = Meter.CreateCounter<long>("gemini_batch.jobs", "{job}", "Jobs created.");

    private static Counter<double> Cost { get; } = Meter.CreateCounter<double>("gemini_batch.cost", "{USD}", "US dollars of answered rows by the catalogue's prices; rows of unknown price are not in it.");

    private static Histogram<long> Tokens { get; } = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of a row, by type.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864] });

    private static Histogram<double> Duration { get; } = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "From a job's creation to its end.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 172_800] });

    /// <summary>Begins a span of the pipeline's own work.</summary>
    public static Activity? Start(RunContext context, string name) =>
        Source.StartActivity(name)?.SetTag("gemini_batch.run", context.RunName);

    /// <summary>Begins the span of a request to create a job.</summary>
    public static Activity? StartCreation(RunContext context, ShardRecord shard)
    {
        var activity = Source.StartActivity($"{GenerateContent} {shard.Model}", ActivityKind.Client);
        if (activity is null)
        {
            return null;
        }

        foreach (var (name, value) in Tags(context, shard.Model))
        {
            activity.SetTag(name, value);
        }

        if (Uri.TryCreate(context.Backend.Identity.Endpoint, UriKind.Absolute, out var endpoint))
        {
            activity.SetTag("server.address", endpoint.Host).SetTag("server.port", endpoint.Port);
        }

        return activity.SetTag("gen_ai.output.type", "json").SetTag("gemini_batch.run", context.RunName).SetTag("gemini_batch.shard", shard.Number).SetTag("gemini_batch.rows", shard.Rows);
    }

    /// <summary>Ends a span with an error: its kind, never its words, which may name documents.</summary>
    public static void Fail(Activity? activity, Exception error) => activity?
        .SetTag("error.type", error is GeminiApiException api ? api.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture) : error.GetType().FullName)
        .SetStatus(ActivityStatusCode.Error);

    public static void Created(RunContext context, string model) => Jobs.Add(1, Tags(context, model));

    public static void Ended(RunContext context, string model, TimeSpan duration, string state)
    {
        var tags = Tags(context, model);
        if (state is not (nameof(GeminiBatchState.Succeeded) or nameof(GeminiBatchState.PartiallySucceeded)))
        {
            tags.Add("error.type", state);
        }

        Duration.Record(duration.TotalSeconds, tags);
    }

    public static void Answered(RunContext context, CollectedRow row)
    {
        if (!Tokens.Enabled && !Cost.Enabled)
        {
            return;
        }

        if (!Tokens.Enabled && !Cost.Enabled)
        {
            return;
        }

        var tags = Tags(context, row.Model);
        if (row.Cost is { } cost)
        {
            Cost.Add((double)cost, tags);
        }

        if (row.Usage is not { } usage)
        {
            return;
        }

        if (row.ModelVersion is { Length: > 0 } answered)
        {
            tags.Add("gen_ai.response.model", answered);
        }

        TagList output = tags;
        tags.Add("gen_ai.token.type", "input");
        output.Add("gen_ai.token.type", "output");
        Tokens.Record(usage.InputTokens, tags);
        Tokens.Record(usage.OutputTokens, output);
    }

    public static void EndedItems(long items, string outcome) => Items.Add(items, new KeyValuePair<string, object?>("gemini_batch.outcome", outcome));

    public static void Retried(string reason) => Retries.Add(1, new KeyValuePair<string, object?>("gemini_batch.reason", reason));

    private static TagList Tags(RunContext context, string model) =>
    [
        new("gen_ai.operation.name", GenerateContent),
        new("gen_ai.provider.name", context.Backend.Identity.Kind switch { "developer" => "gcp.gemini", "vertex" => "gcp.vertex_ai", var own => own }),
        new("gen_ai.request.model", model),
    ];
}
