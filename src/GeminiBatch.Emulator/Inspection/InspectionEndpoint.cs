using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>GET /emulator/calls and /emulator/jobs: what tests and curious users look at. Needs no key.</summary>
internal sealed class InspectionEndpoint(CallLog calls, BatchStore batches)
{
    public ApiReply Calls() => ApiReply.Ok(new JsonObject
    {
        ["calls"] = new JsonArray([.. calls.Calls.Select(call => new JsonObject
        {
            ["operation"] = call.Operation.ToString(),
            ["name"] = call.Name,
            ["method"] = call.Method,
            ["path"] = call.Path,
            ["status"] = call.Status,
            ["time"] = ProtoJson.Timestamp(call.Time),
        })]),
    });

    public ApiReply Jobs() => ApiReply.Ok(new JsonObject
    {
        ["jobs"] = new JsonArray([.. batches.Jobs.Select(job => new JsonObject
        {
            ["name"] = job.Name,
            ["displayName"] = job.DisplayName,
            ["model"] = job.Model,
            ["inputFile"] = job.InputFile,
            ["inputSha256"] = job.InputSha256,
            ["createTime"] = ProtoJson.Timestamp(job.CreateTime),
        })]),
    });
}
