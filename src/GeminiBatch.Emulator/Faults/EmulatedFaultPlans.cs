using GeminiBatch.Emulator;

namespace GeminiBatch;

/// <summary>Ready fault plans. All of their faults end by themselves under one name, so that a client that tries again comes through, or can say why not.</summary>
public static class EmulatedFaultPlans
{
    private const int KeptBytes = 300;

    /// <summary>One fault of every kind that a run of batch jobs can meet, with its name: for a test of each alone. Those of Vertex AI do nothing on the Developer API.</summary>
    public static IReadOnlyList<(string Name, EmulatedFault Fault)> Singles { get; } =
    [
        ("429 with RetryInfo on create", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Refuse) with { Status = 429, RetryDelay = TimeSpan.FromSeconds(34.4) }),
        ("503 on create", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Refuse)),
        ("array-wrapped error on create", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Refuse) with { Body = """[{"error":{"code":503,"message":"The service is currently unavailable.","status":"UNAVAILABLE"}}]""" }),
        ("HTML error on create", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Refuse) with { Status = 502, Body = "<html><title>Error 502 (Server Error)!!1</title></html>" }),
        ("lost create request", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.LoseRequest)),
        ("lost create reply", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.LoseReply)),
        ("error after a create that had its effect", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.RefuseAfterEffect) with { Status = 504 }),
        ("delayed create", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Delay) with { Delay = TimeSpan.FromSeconds(20) }),
        ("dropped rows", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.DropRows) with { Rows = 2 }),
        ("duplicated rows", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.DuplicateRows) with { Rows = 3 }),
        ("row errors that a retry mends", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.FailRows) with { Rows = 2, Status = 13 }),
        ("row errors that no retry mends", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.FailRows) with { Rows = 1, Status = 3 }),
        ("a job whose rows all fail", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.FailRows) with { Rows = int.MaxValue, Status = 8 }),
        ("failed job", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.FailJob)),
        ("expired job", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.ExpireJob)),
        ("partial success", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.PartialSuccess) with { Rows = 2 }),
        ("several output files", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.SplitOutput) with { Rows = 3 }),
        ("neighbours under the same prefix", On(EmulatedOperation.CreateBatch, EmulatedFaultKind.Neighbours) with { Rows = 2 }),
        ("503 on poll", On(EmulatedOperation.GetBatch, EmulatedFaultKind.Refuse) with { Times = 2 }),
        ("lost poll", On(EmulatedOperation.GetBatch, EmulatedFaultKind.LoseReply)),
        ("missing output", On(EmulatedOperation.GetBatch, EmulatedFaultKind.WithholdOutput) with { Times = 2 }),
        ("stale list", On(EmulatedOperation.ListBatches, EmulatedFaultKind.StaleList) with { Delay = TimeSpan.FromSeconds(30), Times = 2 }),
        ("empty page with a token", On(EmulatedOperation.ListBatches, EmulatedFaultKind.EmptyPage)),
        ("503 on list", On(EmulatedOperation.ListBatches, EmulatedFaultKind.Refuse)),
        ("503 on the start of an upload", On(EmulatedOperation.StartUpload, EmulatedFaultKind.Refuse)),
        ("broken chunk", On(EmulatedOperation.UploadChunk, EmulatedFaultKind.BreakTransfer) with { KeptBytes = KeptBytes }),
        ("lost reply to the last chunk", On(EmulatedOperation.UploadChunk, EmulatedFaultKind.LoseReply)),
        ("503 on a chunk", On(EmulatedOperation.UploadChunk, EmulatedFaultKind.Refuse)),
        ("broken download", On(EmulatedOperation.DownloadFile, EmulatedFaultKind.BreakTransfer) with { KeptBytes = KeptBytes }),
        ("503 on download", On(EmulatedOperation.DownloadFile, EmulatedFaultKind.Refuse)),
        ("empty page of objects", On(EmulatedOperation.ListFiles, EmulatedFaultKind.EmptyPage)),
    ];

    /// <summary>A plan from JSON: a list of faults, each with the names of <see cref="EmulatedFault"/> in camelCase (times in <c>retryDelaySeconds</c> and <c>delaySeconds</c>), or <c>{"seed":7,"count":3}</c>.</summary>
    /// <param name="json">The JSON; comments and commas at the end are taken.</param>
    /// <exception cref="FormatException">It is no plan; the message says which fault is wrong, and what there is.</exception>
    public static IReadOnlyList<EmulatedFault> FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FaultPlanReading.Read(json);
    }

    /// <summary>Several faults at once, chosen by a seed, those of calls that are repeated at the first, second or third attempt. Same seed, same plan.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="count">How many faults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not between 1 and the number of <see cref="Singles"/>.</exception>
    public static IReadOnlyList<EmulatedFault> Seeded(int seed, int count = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Singles.Count);
        var random = new SeededRandom(StableHash.Of(seed, "fault plan", ""));
        var order = Enumerable.Range(0, Singles.Count).ToArray();
        random.Shuffle(order.AsSpan());
        return [.. order.Take(count).Select(index => Later(Singles[index].Fault, random))];
    }

    /// <summary>A job is created once under its name; everything else is asked again.</summary>
    private static EmulatedFault Later(EmulatedFault fault, SeededRandom random)
    {
        var attempt = 1 + random.Next(3);
        return fault.Operation == EmulatedOperation.CreateBatch ? fault : fault with { Attempt = attempt };
    }

    private static EmulatedFault On(EmulatedOperation operation, EmulatedFaultKind kind) => new() { Operation = operation, Kind = kind };
}
