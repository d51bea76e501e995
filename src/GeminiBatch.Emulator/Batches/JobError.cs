using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Why a job failed: a gRPC code and words (protocol: 9.1).</summary>
internal sealed record JobError(int Code, string Message)
{
    public JsonObject ToState() => new() { ["code"] = Code, ["message"] = Message };

    public static JobError FromState(JsonNode state) => new((int)(state.FindInteger("code") ?? 13), state.FindText("message") ?? "");
}
