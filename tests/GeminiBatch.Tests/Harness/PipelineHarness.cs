using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GeminiBatch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace GeminiBatch.Tests;

/// <summary>An emulator over loopback, a ledger in a folder of its own, and a clock on which waiting takes no time.</summary>
internal sealed partial class PipelineHarness : IAsyncDisposable
{
    public const string Key = "test-key";
    private const string MemoryFolder = "/dev/shm";

    private PipelineHarness(string folder) => Folder = folder;

    public string Folder { get; }

    public SkippingClock Clock { get; } = new();

    public GeminiEmulator Emulator { get; private set; } = null!;

    public string LedgerPath => Path.Combine(Folder, "ledger.db");

    public static ExtractionRequest Request { get; } = new() { Prompt = "Extract the receipt.", Model = GeminiModels.Flash35Lite };

    /// <param name="configure">Changes the emulator.</param>
    /// <param name="inMemory">Whether files are kept in memory where the system has a folder for that: thousands of runs would wait for the disk most of their time.</param>
    public static async Task<PipelineHarness> StartAsync(Func<GeminiEmulatorOptions, GeminiEmulatorOptions>? configure = null, bool inMemory = false)
    {
        var harness = new PipelineHarness(inMemory && HasRoomInMemory()
            ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"gemini-batch-tests-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("gemini-batch-tests-").FullName);
        var options = new GeminiEmulatorOptions
        {
            StateFolder = Path.Combine(harness.Folder, "emulator"),
            TimeProvider = harness.Clock,
            Answerer = static (_, request) => Answer(request),
        };
        harness.Emulator = await GeminiEmulator.StartAsync(configure?.Invoke(options) ?? options);
        return harness;
    }

    public static IEnumerable<BatchDocument> Documents(int count, int first = 1) =>
        Enumerable.Range(first, count).Select(static number => BatchDocument.FromText($"receipt-{number:D4}", Text(number)));

    public static string Text(int number, decimal? total = null) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"Receipt number: R-{number}\nTotal: {total ?? number * 1.25m}\n");

    public BatchExtractor Extractor(
        string? ledger = null, Action<GeminiBatchOptions>? configure = null, Action<SqliteLedgerOptions>? configureLedger = null, string key = Key, GeminiCatalogue? catalogue = null, Action<IServiceCollection>? services = null)
    {
        return BatchExtractor.Create(builder =>
        {
            builder.Services.AddSingleton(catalogue ?? GeminiCatalogue.Default);
            services?.Invoke(builder.Services);
            builder
                .UseDeveloperApi(options =>
                {
                    options.ApiKey = key;
                    options.Endpoint = Emulator.Endpoint;
                    options.FirstRetryDelay = TimeSpan.FromMilliseconds(1);
                    options.MaxRetryDelay = TimeSpan.FromMilliseconds(2);
                })
                .UseSqliteLedger(ledger ?? LedgerPath, configureLedger)
                .UseTimeProvider(Clock);
            if (configure is not null)
            {
                builder.Configure(configure);
            }
        });
    }

    /// <summary>The client alone.</summary>
    public DeveloperApiClient Client(string key = Key) => new(new DeveloperApiOptions { ApiKey = key, Endpoint = Emulator.Endpoint }, Clock);

    /// <summary>The same over Vertex AI and a bucket of the emulator.</summary>
    public BatchExtractor VertexExtractor(string? ledger = null, Action<GeminiBatchOptions>? configure = null, GeminiCatalogue? catalogue = null) => BatchExtractor.Create(builder =>
    {
        builder.Services.AddSingleton(catalogue ?? GeminiCatalogue.Default);
        builder
            .UseVertexAI(options =>
            {
                (options.Project, options.Location, options.Bucket, options.CreateBucket) = ("demo-project", "global", "demo-bucket", true);
                (options.Endpoint, options.StorageEndpoint, options.AccessTokens) = (Emulator.Endpoint, Emulator.Endpoint, new FixedToken());
                options.FirstRetryDelay = TimeSpan.FromMilliseconds(1);
                options.MaxRetryDelay = TimeSpan.FromMilliseconds(2);
            })
            .UseSqliteLedger(ledger ?? LedgerPath)
            .UseTimeProvider(Clock);
        if (configure is not null)
        {
            builder.Configure(configure);
        }
    });

    public async Task<List<ExtractionResult<Receipt>>> ExtractAsync(
        IEnumerable<BatchDocument> documents, ExtractionRequest? request = null, Action<GeminiBatchOptions>? configure = null, string run = "receipts", string? ledger = null)
    {
        await using var extractor = Extractor(ledger, configure);
        var results = new List<ExtractionResult<Receipt>>();
        await foreach (var result in extractor.ExtractAsync<Receipt>(run, documents, request ?? Request, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        await RequireSoundAsync(extractor);
        return results;
    }

    public static async Task RequireSoundAsync(BatchExtractor extractor)
    {
        var findings = new List<string>();
        await foreach (var finding in extractor.CheckAsync(readsAnswers: true, TestContext.Current.CancellationToken))
        {
            findings.Add($"{finding.Rule}: {finding.Message}");
        }

        Assert.Empty(findings);
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    // Containers often have a folder of 64 MB there.
    private static bool HasRoomInMemory() => Directory.Exists(MemoryFolder) && new DriveInfo(MemoryFolder).AvailableFreeSpace > 1_000_000_000;

    private static string? Answer(JsonObject request)
    {
        var parts = request["contents"]![0]!["parts"]!.AsArray();
        var text = parts[^1]!["text"]!.GetValue<string>();
        var number = Number().Match(text);
        return number.Success ? $$"""{"number":"{{number.Groups[1].Value}}","total":{{Total().Match(text).Groups[1].Value}}}""" : null;
    }

    [GeneratedRegex(@"Receipt number: (\S+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"Total: ([0-9.]+)")]
    private static partial Regex Total();
}
