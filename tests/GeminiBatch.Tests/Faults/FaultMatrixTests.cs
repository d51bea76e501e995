using System.Globalization;

namespace GeminiBatch.Tests.Faults;

/// <summary>
/// Every fault alone, and three at once by seeds, over both backends: every document is accounted for, with the value it has without faults or with a
/// named reason. The variable GEMINI_BATCH_FAULT_SEEDS says how many seeds; 50 without it.
/// </summary>
public sealed class FaultMatrixTests
{
    private const string SeedsVariable = "GEMINI_BATCH_FAULT_SEEDS";
    private const int DefaultSeeds = 50;
    private const int Documents = 12;
    private const int RowsPerJob = 5;

    public static TheoryData<string, bool> Singles
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var (name, _) in EmulatedFaultPlans.Singles)
            {
                cases.Add(name, false);
                cases.Add(name, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public async Task A_single_fault_costs_no_document(string name, bool onVertex)
    {
        var fault = EmulatedFaultPlans.Singles.Single(single => single.Name == name).Fault;
        Assert.Empty(await RunAsync([fault], onVertex));
    }

    [Fact]
    public async Task Three_faults_at_once_cost_no_document()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(SeedsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : DefaultSeeds;
        var problems = new List<string>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            foreach (var onVertex in new[] { false, true })
            {
                problems.AddRange((await RunAsync(EmulatedFaultPlans.Seeded(seed), onVertex)).Select(problem => $"seed {seed} on {(onVertex ? "Vertex AI" : "the Developer API")}: {problem}"));
            }
        }

        Assert.Empty(problems);
    }

    private static async Task<List<string>> RunAsync(IReadOnlyList<EmulatedFault> faults, bool onVertex)
    {
        // A creation that is repeated has a display name of its own, so only first ones are struck: a plan that strikes each of them never ends.
        IReadOnlyList<EmulatedFault> plan = [.. faults.Select(static fault => fault.Operation == EmulatedOperation.CreateBatch ? fault with { NamePattern = "gb-*-1" } : fault)];
        await using var harness = await PipelineHarness.StartAsync(options => options with { Faults = plan });
        // A job that expires is polled for three days.
        Action<GeminiBatchOptions> small = static options => (options.MaxShardRows, options.MaxConcurrentJobs, options.MaxPollInterval) = (RowsPerJob, 2, TimeSpan.FromHours(2));
        await using var extractor = onVertex ? harness.VertexExtractor(configure: small) : harness.Extractor(configure: small);
        var problems = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(Documents), PipelineHarness.Request, TestContext.Current.CancellationToken))
            {
                var number = int.Parse(result.DocumentId["receipt-".Length..], CultureInfo.InvariantCulture);
                if (!seen.Add(result.DocumentId))
                {
                    problems.Add($"{result.DocumentId} came twice");
                }

                if (result.Succeeded ? result.Value != new Receipt($"R-{number}", number * 1.25m) : result.Failure.Reason.Length == 0)
                {
                    problems.Add($"{result.DocumentId}: {(result.Succeeded ? result.Value.ToString() : "failed without a reason")}");
                }
            }

            await PipelineHarness.RequireSoundAsync(extractor);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            problems.Add($"{error.GetType().Name}: {error.Message}");
        }

        if (seen.Count != Documents)
        {
            problems.Add($"{seen.Count} of {Documents} documents are accounted for");
        }

        return problems.ConvertAll(problem => problem + " [" + string.Join("; ", faults.Select(fault => $"{fault.Kind} on {fault.Operation}, attempt {fault.Attempt}")) + "]");
    }
}
