using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GeminiBatch;

/// <summary>Traces and metrics of the pipeline, under the name <c>GeminiBatch</c>.</summary>
internal static class Telemetry
{
    public const string Name = "GeminiBatch";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    public static Counter<long> Items { get; } = Meter.CreateCounter<long>("gemini_batch.items", "{item}", "Items that ended, by outcome.");

    public static Counter<long> Jobs { get; } = Meter.CreateCounter<long>("gemini_batch.jobs", "{job}", "Jobs created.");

    public static Counter<long> Tokens { get; } = Meter.CreateCounter<long>("gen_ai.client.token.usage", "{token}", "Tokens billed, by type.");
}
