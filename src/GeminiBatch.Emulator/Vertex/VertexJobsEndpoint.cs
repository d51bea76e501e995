using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Create, get, list, cancel and delete of batchPredictionJobs (protocol: 3.2).</summary>
internal sealed partial class VertexJobsEndpoint(BatchStore batches, VertexCreation creation, VertexPublisher publisher, FaultPlan faults, TimeProvider clock)
{
    public async Task<ApiReply> CreateAsync(ApiCall call, VertexPath path)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.CreateBatch, body.FindText("displayName") ?? "");
        var created = await creation.CreateAsync(call, path, body);
        return ApiReply.Ok(VertexJobResource.Of(created, created.StateAt(created.CreateTime) is BatchState.Queued ? BatchState.Pending : created.StateAt(created.CreateTime), null));
    }

    public async Task<ApiReply> GetAsync(ApiCall call, VertexPath path, string id)
    {
        var batch = Find(call, path, id);
        await call.EnterAsync(EmulatedOperation.GetBatch, batch?.DisplayName ?? id);
        return ApiReply.Ok(await DescribeAsync(call, batch ?? throw NoJob(path, id), isListed: false));
    }

    public async Task<ApiReply> ListAsync(ApiCall call, VertexPath path)
    {
        await call.EnterAsync(EmulatedOperation.ListBatches, "");
        var now = clock.GetUtcNow();
        var listed = batches.List(call.Owner).Where(batch => batch.Vertex?.Location == path.Location);
        if (call.Fault(EmulatedFaultKind.StaleList) is { } stale)
        {
            listed = listed.Where(batch => batch.CreateTime <= now - stale.Delay);
        }

        var matching = Filter([.. listed], call.Query("filter") ?? "", now);
        var resources = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var batch in matching)
        {
            resources[batch.Name] = await DescribeAsync(call, batch, isListed: true);
        }

        return Page.Of(call, "batchPredictionJobs", matching, batch => batch.Name, batch => resources[batch.Name], defaultSize: 100, maxSize: 100);
    }

    public async Task<ApiReply> CancelAsync(ApiCall call, VertexPath path, string id)
    {
        var batch = Find(call, path, id);
        await call.EnterAsync(EmulatedOperation.CancelBatch, batch?.DisplayName ?? id);
        batches.Cancel(batch ?? throw NoJob(path, id));
        return ApiReply.Empty;
    }

    public async Task<ApiReply> DeleteAsync(ApiCall call, VertexPath path, string id)
    {
        var batch = Find(call, path, id);
        await call.EnterAsync(EmulatedOperation.DeleteBatch, batch?.DisplayName ?? id);
        _ = batch ?? throw NoJob(path, id);
        var state = batch.StateAt(clock.GetUtcNow());
        if (IsWaiting(state))
        {
            throw new ApiException(400, "FAILED_PRECONDITION", $"The BatchPredictionJob {batch.Name} is in state JOB_STATE_{state["BATCH_STATE_".Length..]} and cannot be deleted. Only jobs that have ended can be.");
        }

        batches.Delete(batch);
        var operation = (StableHash.Of("delete\n" + batch.Id) % 1_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        return ApiReply.Ok(new JsonObject
        {
            ["name"] = $"projects/{ProjectNumber.Of(path.Project)}/locations/{path.Location}/operations/{operation}",
            ["metadata"] = new JsonObject { ["@type"] = "type.googleapis.com/google.cloud.aiplatform.v1beta1.DeleteOperationMetadata" },
            ["done"] = true,
            ["response"] = new JsonObject { ["@type"] = "type.googleapis.com/google.protobuf.Empty" },
        });
    }

    private async Task<JsonObject> DescribeAsync(ApiCall call, StoredBatch batch, bool isListed)
    {
        var state = batch.StateAt(clock.GetUtcNow());
        if (IsWaiting(state) || state == BatchState.Failed || batch.FinishedShare <= 0)
        {
            return VertexJobResource.Of(batch, state, null);
        }

        if (batch.Vertex is { HasRows: true, Output: null } && await batches.ResultInTimeAsync(batch) is null)
        {
            return VertexJobResource.Of(batch, BatchState.Running, null);
        }

        return !isListed && faults.StrikesOn(EmulatedFaultKind.WithholdOutput, EmulatedOperation.GetBatch, batch.DisplayName)
            ? VertexJobResource.Of(batch, state, null)
            : VertexJobResource.Of(batch, state, await publisher.PublishAsync(batch, call.Aborted));
    }

    private StoredBatch? Find(ApiCall call, VertexPath path, string id) =>
        batches.Find(call.Owner, id) is { Vertex: { } vertex } batch && vertex.Location == path.Location ? batch : null;

    /// <summary>The filters of the reference's examples: <c>display_name="x"</c> and <c>state="JOB_STATE_RUNNING"</c>, joined by AND.</summary>
    private static List<StoredBatch> Filter(IReadOnlyList<StoredBatch> listed, string filter, DateTimeOffset now)
    {
        var matching = listed.ToList();
        foreach (var clause in filter.Split(" AND ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Clause().Match(clause);
            if (!match.Success)
            {
                throw ApiException.InvalidArgument($"Invalid filter: {filter}");
            }

            var value = match.Groups["value"].Value;
            var wanted = match.Groups["negation"].Length == 0;
            matching.RemoveAll(batch => wanted != (match.Groups["field"].Value switch
            {
                "state" => "JOB_STATE_" + batch.StateAt(now)["BATCH_STATE_".Length..] == value,
                _ => batch.DisplayName == value,
            }));
        }

        return matching;
    }

    private static bool IsWaiting(string state) => state is BatchState.Queued or BatchState.Pending or BatchState.Running or BatchState.Cancelling;

    private static ApiException NoJob(VertexPath path, string id) =>
        new(404, "NOT_FOUND", $"The BatchPredictionJob \"projects/{ProjectNumber.Of(path.Project)}/locations/{path.Location}/batchPredictionJobs/{id}\" does not exist.");

    [GeneratedRegex("""\A(?<field>displayName|display_name|state)\s*(?<negation>!?)=\s*"(?<value>[^"]*)"\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Clause();
}
