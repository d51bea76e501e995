using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>What a job wrote: the only place that says where (protocol: 3.4).</summary>
internal sealed record VertexOutput(string Directory, long Succeeded, long Failed, long Incomplete)
{
    public JsonObject ToState() => new() { ["directory"] = Directory, ["succeeded"] = Succeeded, ["failed"] = Failed, ["incomplete"] = Incomplete };

    public static VertexOutput FromState(JsonNode state) =>
        new(state.FindText("directory")!, state.FindInteger("succeeded") ?? 0, state.FindInteger("failed") ?? 0, state.FindInteger("incomplete") ?? 0);
}
