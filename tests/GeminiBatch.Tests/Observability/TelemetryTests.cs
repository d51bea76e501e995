using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GeminiBatch.Tests.Observability;

/// <summary>Traces, metrics and logs say what happened under OpenTelemetry's names, and nothing of what documents say.</summary>
public sealed class TelemetryTests
{
    private const string Secret = "Zanzibar";

    // Other tests run beside: what they measure does not carry this mark.
    private static readonly AsyncLocal<bool> s_isOwn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("developer", "gcp.gemini")]
    [InlineData("vertex", "gcp.vertex_ai")]
    public async Task A_run_is_traced_from_plan_to_results(string backend, string provider)
    {
        s_isOwn.Value = true;
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "GeminiBatch",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (s_isOwn.Value)
                {
                    spans.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429 }],
        });
        await using var extractor = backend == "vertex" ? harness.VertexExtractor() : harness.Extractor();
        await CompleteAsync(extractor);

        Assert.Equal(["gemini_batch.collect", "gemini_batch.plan", "gemini_batch.run", "gemini_batch.stage", "generate_content gemini-3.5-flash-lite"], spans.Select(static span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
        Assert.All(spans, static span => Assert.Equal("receipts", span.GetTagItem("gemini_batch.run")));
        var creations = spans.Where(static span => span.Kind == ActivityKind.Client).ToList();
        Assert.Equal(2, creations.Count);
        Assert.All(creations, span =>
        {
            Assert.Equal(("generate_content", provider, "gemini-3.5-flash-lite"), (span.GetTagItem("gen_ai.operation.name"), span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.request.model")));
            Assert.Equal(("json", "127.0.0.1", harness.Emulator.Endpoint.Port), (span.GetTagItem("gen_ai.output.type"), span.GetTagItem("server.address"), span.GetTagItem("server.port")));
            Assert.Equal(3L, span.GetTagItem("gemini_batch.rows"));
        });
        Assert.Equal((ActivityStatusCode.Error, "429"), (creations[0].Status, creations[0].GetTagItem("error.type")));
        Assert.Equal(ActivityStatusCode.Unset, creations[1].Status);
        Assert.DoesNotContain('/', Assert.IsType<string>(creations[1].GetTagItem("gemini_batch.job")));
        var run = spans.Single(static span => span.OperationName == "gemini_batch.run");
        Assert.All(creations, span => Assert.Equal(run.SpanId, span.ParentSpanId));
        Assert.DoesNotContain(spans.SelectMany(static span => span.TagObjects), static tag => tag.Value is string text && text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_jobs_items_retries_and_dollars_are_measured_once_each()
    {
        s_isOwn.Value = true;
        var measured = new ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listening) =>
            {
                if (instrument.Meter.Name == "GeminiBatch")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (s_isOwn.Value)
            {
                measured.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value)));
            }
        }

        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 13, Rows = 1 }],
        });
        await using var extractor = harness.Extractor();
        var summary = await CompleteAsync(extractor);

        Dictionary<string, object?> model = new() { ["gen_ai.operation.name"] = "generate_content", ["gen_ai.provider.name"] = "gcp.gemini", ["gen_ai.request.model"] = "gemini-3.5-flash-lite" };
        var tokens = measured.Where(static entry => entry.Name == "gen_ai.client.token.usage").ToList();
        Assert.Equal(6, tokens.Count);
        Assert.Equal((summary.Usage.InputTokens, summary.Usage.OutputTokens), (Sum("input"), Sum("output")));
        Assert.All(tokens, entry => Assert.Equal(model.Append(new("gen_ai.response.model", "gemini-3.5-flash-lite")).Append(new("gen_ai.token.type", entry.Tags["gen_ai.token.type"])), entry.Tags));
        Assert.Equal([model, model], Of("gemini_batch.jobs").Select(static entry => entry.Tags));
        Assert.All(Of("gen_ai.client.operation.duration"), entry => Assert.Equal(model, entry.Tags));
        Assert.All(Of("gen_ai.client.operation.duration"), static entry => Assert.True(entry.Value > 0));
        Assert.Equal(2, Of("gen_ai.client.operation.duration").Count);
        Assert.Equal(3, Of("gemini_batch.items").Where(static entry => "succeeded".Equals(entry.Tags["gemini_batch.outcome"])).Sum(static entry => entry.Value));
        Assert.Equal("row_error", Assert.Single(Of("gemini_batch.retries")).Tags["gemini_batch.reason"]);
        Assert.Equal((double)summary.Cost!.Value, Of("gemini_batch.cost").Sum(static entry => entry.Value), 1e-12);

        long Sum(string type) => (long)tokens.Where(entry => type.Equals(entry.Tags["gen_ai.token.type"])).Sum(static entry => entry.Value);
        List<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name) => [.. measured.Where(entry => entry.Name == name)];
    }

    [Fact]
    public async Task Logs_have_a_field_for_each_fact_and_nothing_of_documents_or_keys()
    {
        using var log = new KeptLog();
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply }],
        });
        await using var extractor = harness.Extractor(services: services => services.AddLogging(builder => builder.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        await CompleteAsync(extractor);

        var own = log.Entries.Where(static entry => entry.Category == "GeminiBatch").ToList();
        Assert.All(own, static entry => Assert.Equal("receipts", entry.Fields["Run"]));
        var collected = Assert.Single(own, static entry => entry.Fields.ContainsKey("Lines")).Fields;
        Assert.Equal((3L, 0L, 0L, 0L), (collected["Lines"], collected["Missing"], collected["Unknown"], collected["Duplicates"]));
        Assert.Equal(harness.Emulator.Jobs[0].Name, collected["Job"]);
        Assert.Equal(1L, Assert.Single(own, static entry => entry.Level == LogLevel.Warning).Fields["Shard"]);
        Assert.DoesNotContain(log.Entries, static entry => entry.Text.Contains(Secret, StringComparison.Ordinal) || entry.Text.Contains(PipelineHarness.Key, StringComparison.Ordinal));
    }

    private static async Task<RunSummary> CompleteAsync(BatchExtractor extractor)
    {
        var documents = PipelineHarness.Documents(3).Select(static document => document with { Parts = [BatchDocumentPart.Text($"{Secret}\n"), .. document.Parts] });
        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, Token);
        var summary = await run.CompleteAsync(Token);
        Assert.Equal(3, summary.Succeeded);
        return summary;
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(string Category, LogLevel Level, string Text, Dictionary<string, object?> Fields)> _entries;
        private readonly string _category = "";

        public KeptLog() => _entries = [];

        private KeptLog(KeptLog parent, string category) => (_entries, _category) = (parent._entries, category);

        public IEnumerable<(string Category, LogLevel Level, string Text, Dictionary<string, object?> Fields)> Entries => _entries;

        public ILogger CreateLogger(string categoryName) => new KeptLog(this, categoryName);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _entries.Enqueue((_category, logLevel, formatter(state, exception), (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(static field => field.Key, static field => field.Value)));

        public void Dispose()
        {
        }
    }
}
