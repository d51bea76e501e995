using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Paths below /emulator/: the calls, the jobs and the clock, for tests and curious users. Needs no key.</summary>
internal sealed class InspectionEndpoint(CallLog calls, BatchStore batches, EmulatorClock clock)
{
    public async Task<ApiReply> AnswerAsync(ApiCall call) => (call.Request.Method, call.Segments) switch
    {
        ("GET", [_, "calls"]) => Calls(),
        ("GET", [_, "requests"]) => Requests(),
        ("GET", [_, "jobs"]) => Jobs(),
        ("GET", [_, "clock"]) => Clock(),
        ("POST", [_, "clock"]) => Advance(await call.ReadBodyAsync()),
        _ => throw ApiException.NotFound(),
    };

    private ApiReply Clock() => ApiReply.Ok(new JsonObject { ["now"] = ProtoJson.Timestamp(clock.GetUtcNow()) });

    private ApiReply Advance(JsonNode? body)
    {
        if (body.Find("advanceSeconds") is not JsonValue value || !value.TryGetValue(out double seconds) || seconds is < 0 or > 1e9)
        {
            throw ApiException.InvalidArgument("Send {\"advanceSeconds\": 3600}: how far the emulator's clock moves on.");
        }

        clock.Advance(TimeSpan.FromSeconds(seconds));
        return Clock();
    }

    /// <summary>What was sent, as it was sent, without secrets.</summary>
    private ApiReply Requests() => ApiReply.Ok(new JsonObject
    {
        ["requests"] = new JsonArray([.. calls.Requests.Select(request => request.ToJson())]),
    });

    private ApiReply Calls() => ApiReply.Ok(new JsonObject
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

    private ApiReply Jobs() => ApiReply.Ok(new JsonObject
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
