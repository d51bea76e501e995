using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A job: what was asked, when it moves, and what will become of it. Its state is a function of these and the clock.</summary>
internal sealed record StoredBatch
{
    /// <summary>A job that is neither done nor cancelled after 48 hours expires (protocol: 1.5).</summary>
    public static TimeSpan Expiry { get; } = TimeSpan.FromHours(48);

    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>The model asked for, without models/.</summary>
    public required string Model { get; init; }

    /// <summary>The model that serves it: another one where a retired id is routed.</summary>
    public required string ServingModel { get; init; }

    public required string DisplayName { get; init; }

    public string? InputFile { get; init; }

    public required string InputBlob { get; init; }

    public required string InputSha256 { get; init; }

    public required bool Embeddings { get; init; }

    public required long RequestCount { get; init; }

    public long Priority { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    public required DateTimeOffset RunTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    /// <summary>How it ends if nobody cancels it.</summary>
    public required string Outcome { get; init; }

    public int DroppedRows { get; init; }

    public int DuplicatedRows { get; init; }

    public int FailedRows { get; init; }

    public int FailedRowCode { get; init; } = 13;

    public DateTimeOffset? CancelTime { get; init; }

    /// <summary>Whom the job's own webhook configuration names (protocol: 1.3).</summary>
    public IReadOnlyList<string> WebhookUris { get; init; } = [];

    /// <summary>What is told to them with its end, as JSON.</summary>
    public string? WebhookMetadata { get; init; }

    public bool Deleted { get; init; }

    public bool ResultDeleted { get; init; }

    /// <summary>Why it ends as failed, if it does.</summary>
    public JobError? Error { get; init; }

    /// <summary>What only a job on Vertex AI has; null on the Developer API.</summary>
    public VertexJob? Vertex { get; init; }

    public string Name => Vertex is null ? "batches/" + Id : Vertex.CollectionOf(Owner) + "/" + Id;

    public string ResultId => "batch-" + Id;

    public bool IsInline => InputFile is null && Vertex is null;

    public string StateAt(DateTimeOffset now) =>
        CancelTime is { } cancelled ? Vertex is null || now >= cancelled + VertexJob.CancellingTime ? BatchState.Cancelled : BatchState.Cancelling
        : now >= EndTime ? Outcome
        : now >= RunTime ? BatchState.Running
        : Vertex is not null && now < CreateTime + ((RunTime - CreateTime) / 2) ? BatchState.Queued
        : BatchState.Pending;

    public bool NeedsInput => !Deleted && (Vertex is null
        ? Outcome == BatchState.Succeeded && CancelTime is null
        : Vertex.HasRows && FinishedShare > 0);

    /// <summary>How much of its rows are finished at its end: Vertex AI keeps what was done before a job was cancelled or ran out of time (protocol: 3.6).</summary>
    public double FinishedShare => CancelTime is { } cancelled ? Math.Clamp((cancelled - RunTime) / WorkTime, 0, 1)
        : Outcome switch
        {
            BatchState.Succeeded or BatchState.PartiallySucceeded => 1,
            BatchState.Expired when Vertex is not null => Math.Clamp((EndTime - RunTime) / WorkTime, 0, 1),
            _ => 0,
        };

    private TimeSpan WorkTime => Vertex?.WorkTime is { } time && time > TimeSpan.Zero ? time : TimeSpan.FromTicks(1);

    public JsonObject ToLogLine() => new()
    {
        ["name"] = Name,
        ["displayName"] = DisplayName,
        ["model"] = Vertex is null ? "models/" + Model : Vertex.Model,
        ["inputFile"] = InputFile,
        ["inputSha256"] = InputSha256,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
    };

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["model"] = Model,
        ["servingModel"] = ServingModel,
        ["displayName"] = DisplayName,
        ["inputFile"] = InputFile,
        ["inputBlob"] = InputBlob,
        ["inputSha256"] = InputSha256,
        ["embeddings"] = Embeddings,
        ["requestCount"] = RequestCount,
        ["priority"] = Priority,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["runTime"] = ProtoJson.Timestamp(RunTime),
        ["endTime"] = ProtoJson.Timestamp(EndTime),
        ["outcome"] = Outcome,
        ["droppedRows"] = DroppedRows,
        ["duplicatedRows"] = DuplicatedRows,
        ["failedRows"] = FailedRows,
        ["failedRowCode"] = FailedRowCode,
        ["cancelTime"] = CancelTime is { } cancelled ? ProtoJson.Timestamp(cancelled) : null,
        ["error"] = Error?.ToState(),
        ["vertex"] = Vertex?.ToState(),
        ["webhookUris"] = new JsonArray([.. WebhookUris.Select(uri => JsonValue.Create(uri))]),
        ["webhookMetadata"] = WebhookMetadata,
        ["deleted"] = Deleted,
        ["resultDeleted"] = ResultDeleted,
    };

    public static StoredBatch FromState(JsonNode state) => new()
    {
        Id = state.FindText("id")!,
        Owner = state.FindText("owner")!,
        Model = state.FindText("model")!,
        ServingModel = state.FindText("servingModel")!,
        DisplayName = state.FindText("displayName") ?? "",
        InputFile = state.FindText("inputFile"),
        InputBlob = state.FindText("inputBlob")!,
        InputSha256 = state.FindText("inputSha256")!,
        Embeddings = Flag(state, "embeddings"),
        RequestCount = state.FindInteger("requestCount") ?? 0,
        Priority = state.FindInteger("priority") ?? 0,
        CreateTime = ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        RunTime = ProtoJson.ReadTimestamp(state.FindText("runTime")!),
        EndTime = ProtoJson.ReadTimestamp(state.FindText("endTime")!),
        Outcome = state.FindText("outcome")!,
        DroppedRows = (int)(state.FindInteger("droppedRows") ?? 0),
        DuplicatedRows = (int)(state.FindInteger("duplicatedRows") ?? 0),
        FailedRows = (int)(state.FindInteger("failedRows") ?? 0),
        FailedRowCode = (int)(state.FindInteger("failedRowCode") ?? 13),
        CancelTime = state.FindText("cancelTime") is { } cancelled ? ProtoJson.ReadTimestamp(cancelled) : null,
        Error = state.Find("error") is { } error ? JobError.FromState(error) : null,
        Vertex = state.Find("vertex") is { } vertex ? VertexJob.FromState(vertex) : null,
        WebhookUris = [.. state.Find("webhookUris").Items().Select(uri => uri.GetValue<string>())],
        WebhookMetadata = state.FindText("webhookMetadata"),
        Deleted = Flag(state, "deleted"),
        ResultDeleted = Flag(state, "resultDeleted"),
    };

    private static bool Flag(JsonNode state, string name) => state.Find(name) is JsonValue value && value.TryGetValue(out bool flag) && flag;
}
