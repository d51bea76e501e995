using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace GeminiBatch.Tests.Crashes;

/// <summary>
/// Runs of 2,000 documents under faults and crashes drawn from a seed. Whatever happens, every document ends once, the ledger keeps its laws, and no shard
/// is paid for twice. 50 seeds by default; more with <c>GEMINI_BATCH_SCHEDULES=20000 dotnet test --filter FaultSchedule</c>, other ones with <c>GEMINI_BATCH_FIRST_SEED</c>.
/// </summary>
public sealed class FaultScheduleTests(ITestOutputHelper output)
{
    private const int Documents = 2_000;
    private const int Shards = 10;

    private static readonly EmulatedFaultKind[] s_creations =
        [EmulatedFaultKind.LoseReply, EmulatedFaultKind.LoseRequest, EmulatedFaultKind.RefuseAfterEffect, EmulatedFaultKind.Refuse, EmulatedFaultKind.DropRows, EmulatedFaultKind.DuplicateRows, EmulatedFaultKind.FailRows, EmulatedFaultKind.FailJob, EmulatedFaultKind.ExpireJob];

    // A schedule takes a second or two of an idle processor; what waits for ever is to be named.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_schedule_of_faults_and_crashes_breaks_a_law()
    {
        var (count, first) = (Setting("GEMINI_BATCH_SCHEDULES", 50), Setting("GEMINI_BATCH_FIRST_SEED", 1));
        var broken = new ConcurrentBag<string>();
        var (crashes, faults) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token }, async (seed, token) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
            patience.CancelAfter(s_patience);
            var started = Stopwatch.GetTimestamp();
            try
            {
                var run = await RunAsync(seed, patience.Token);
                Interlocked.Add(ref crashes, run.Crashes);
                Interlocked.Add(ref faults, run.Faults);
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                broken.Add($"seed {seed}: no end after {s_patience.TotalSeconds:0} s");
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                broken.Add($"seed {seed}: {error.Message}");
            }

            if (Stopwatch.GetElapsedTime(started) > s_patience / 5)
            {
                output.WriteLine($"seed {seed} took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            }
        });
        output.WriteLine($"{count} schedules from seed {first}: {faults} faults, {crashes} crashes, {broken.Count} broken");
        Assert.Empty(broken);
    }

    private static async Task<(int Faults, int Crashes)> RunAsync(int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var faults = Faults(random).ToList();
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Seed = seed,
            Faults = faults,
            Noise = random.Next(2) == 0 ? EmulatorNoise.None : EmulatorNoise.Realistic,
        }, inMemory: true);
        var isVertex = random.Next(2) == 0;
        var crashes = random.Next(4);
        for (var life = 0; life <= crashes; life++)
        {
            var point = life == crashes ? int.MaxValue : random.Next(1, 160);
            if (await LiveAsync(harness, isVertex, point, cancellationToken))
            {
                break;
            }
        }

        return (faults.Count, crashes);
    }

    /// <summary>Drives the run until it ends or a point is met at which the program dies.</summary>
    private static async Task<bool> LiveAsync(PipelineHarness harness, bool isVertex, int deadAt, CancellationToken cancellationToken)
    {
        await using var extractor = isVertex ? harness.VertexExtractor(configure: Small) : harness.Extractor(configure: Small);
        var met = 0;
        extractor.Engine.Fault = point =>
        {
            if (++met >= deadAt)
            {
                throw new FrozenException(point);
            }
        };
        var ids = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(Documents), PipelineHarness.Request with { MaxAttempts = 4 }, cancellationToken))
            {
                Require(ids.Add(result.DocumentId), $"{result.DocumentId} ended twice");
                Require(!result.Succeeded || result.Value.Number == $"R-{int.Parse(result.DocumentId.AsSpan(8), CultureInfo.InvariantCulture)}", $"{result.DocumentId} has another document's answer");
            }
        }
        catch (FrozenException)
        {
            await PipelineHarness.RequireSoundAsync(extractor);
            return false;
        }

        await PipelineHarness.RequireSoundAsync(extractor);
        Require(ids.Count == Documents, $"{ids.Count} of {Documents} documents ended");
        await using var run = await extractor.ResumeAsync("receipts", cancellationToken);
        var summary = await run.SummaryAsync(cancellationToken);
        Require(summary.Planned == summary.Succeeded + summary.Failed && summary.Pending == 0, $"{summary.Planned} are not {summary.Succeeded} + {summary.Failed}");
        Require(summary.Succeeded >= Documents * 0.9, $"only {summary.Succeeded} succeeded: {string.Join(", ", summary.FailuresByReason)}");
        var paid = harness.Emulator.Jobs.GroupBy(static job => job.InputFile).Where(static group => group.Count() > 1).Select(static group => group.Key);
        Require(!paid.Any(), $"paid twice: {string.Join(", ", paid)}");
        return true;

        static void Small(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs, options.StormPause) = (Documents / Shards, 4, TimeSpan.FromMinutes(1));
    }

    private static IEnumerable<EmulatedFault> Faults(Random random)
    {
        for (var number = random.Next(3, 16); number > 0; number--)
        {
            var shard = $"gb-*-1-{random.Next(1, Shards + 3)}";
            yield return random.Next(7) switch
            {
                0 or 1 or 2 => Creation(random, shard),
                3 => new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = Pick(random, EmulatedFaultKind.Refuse, EmulatedFaultKind.WithholdOutput, EmulatedFaultKind.LoseReply), NamePattern = shard + "-*", Attempt = random.Next(1, 4), Times = random.Next(1, 3) },
                4 => new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = Pick(random, EmulatedFaultKind.Refuse, EmulatedFaultKind.BreakTransfer, EmulatedFaultKind.LoseReply), KeptBytes = random.Next(1, 40_000), Attempt = random.Next(1, 4), Times = random.Next(1, 4) },
                5 => new EmulatedFault { Operation = Pick(random, EmulatedOperation.StartUpload, EmulatedOperation.UploadChunk), Kind = Pick(random, EmulatedFaultKind.Refuse, EmulatedFaultKind.LoseReply, EmulatedFaultKind.LoseRequest), Attempt = random.Next(1, 3), Times = random.Next(1, 3) },
                _ => new EmulatedFault { Operation = EmulatedOperation.ListBatches, Kind = Pick(random, EmulatedFaultKind.StaleList, EmulatedFaultKind.EmptyPage, EmulatedFaultKind.Refuse), Delay = TimeSpan.FromSeconds(random.Next(1, 90)), Times = random.Next(1, 20) },
            };
        }
    }

    private static EmulatedFault Creation(Random random, string shard)
    {
        var kind = Pick(random, s_creations);
        return new EmulatedFault
        {
            Operation = EmulatedOperation.CreateBatch,
            Kind = kind,
            NamePattern = shard + "-1",
            Rows = random.Next(1, 90),
            Status = kind switch
            {
                EmulatedFaultKind.Refuse => Pick(random, 429, 503, 500),
                EmulatedFaultKind.RefuseAfterEffect => Pick(random, 500, 503),
                _ => Pick(random, 4, 8, 13, 14),
            },
        };
    }

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
