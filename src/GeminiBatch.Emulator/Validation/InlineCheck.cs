using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

internal static class InlineCheck
{
    public static void Check(JsonNode? body, bool embeddings)
    {
    }

    public static void CheckRequest(JsonObject request)
    {
    }
}
