using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>What is known of a finished result file.</summary>
internal sealed record BatchResult(long Succeeded, long Failed, long Size, string Sha256)
{
    public JsonObject ToState() => new() { ["succeeded"] = Succeeded, ["failed"] = Failed, ["size"] = Size, ["sha256"] = Sha256 };

    public static BatchResult FromState(JsonNode state) =>
        new(state.FindInteger("succeeded") ?? 0, state.FindInteger("failed") ?? 0, state.FindInteger("size") ?? 0, state.FindText("sha256")!);
}
