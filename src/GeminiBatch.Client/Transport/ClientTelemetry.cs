using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GeminiBatch;

/// <summary>Traces and metrics of calls, under the source and meter name <c>GeminiBatch.Client</c>. Documents and keys are never in them.</summary>
internal static class ClientTelemetry
{
    internal const string SourceName = "GeminiBatch.Client";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration",
        "s",
        "Duration of calls to the model service.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });

    internal static Activity? Start(ApiCall call)
    {
        Activity? activity = Source.StartActivity(call.Name, ActivityKind.Client);
        if (activity is not null)
        {
            activity.SetTag("gen_ai.provider.name", "gcp.gemini");
            activity.SetTag("gen_ai.operation.name", call.Name);
            activity.SetTag("server.address", call.Address.Host);
            activity.SetTag("server.port", call.Address.Port);
        }

        return activity;
    }

    internal static void Record(ApiCall call, TimeSpan duration, string? error)
    {
        var tags = new TagList
        {
            { "gen_ai.provider.name", "gcp.gemini" },
            { "gen_ai.operation.name", call.Name },
            { "server.address", call.Address.Host },
        };
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        Duration.Record(duration.TotalSeconds, tags);
    }
}
