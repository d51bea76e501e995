using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Members in random order at every depth, as recorded result rows have them; arrays keep theirs.</summary>
internal static class MemberOrder
{
    public static JsonNode Shuffle(JsonNode node, ulong seed) => Shuffle(node, new SeededRandom(seed));

    private static JsonNode Shuffle(JsonNode node, SeededRandom random)
    {
        switch (node)
        {
            case JsonObject members:
                var ordered = members.Select(member => (member.Key, member.Value)).ToArray();
                random.Shuffle(ordered.AsSpan());
                var shuffled = new JsonObject();
                members.Clear();
                foreach (var (name, value) in ordered)
                {
                    shuffled[name] = value is null ? null : Shuffle(value, random);
                }

                return shuffled;
            case JsonArray items:
                var copies = items.ToArray();
                items.Clear();
                return new JsonArray([.. copies.Select(item => item is null ? null : Shuffle(item, random))]);
            default:
                return node;
        }
    }
}
