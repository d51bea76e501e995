using System.Text.Json.Nodes;

namespace GeminiBatch;

/// <summary>Lays a catalogue of changes over another.</summary>
internal static class CatalogueMerge
{
    internal static void Apply(JsonObject target, JsonObject changes)
    {
        foreach ((string name, JsonNode? change) in changes)
        {
            if (change is JsonObject inner && target[name] is JsonObject existing)
            {
                Apply(existing, inner);
            }
            else if (name == "models" && change is JsonArray models && target[name] is JsonArray known)
            {
                ApplyModels(known, models);
            }
            else
            {
                target[name] = change?.DeepClone();
            }
        }
    }

    private static void ApplyModels(JsonArray known, JsonArray changes)
    {
        foreach (JsonNode? change in changes)
        {
            if (change is not JsonObject model || Id(model) is not { } id)
            {
                throw new FormatException("Each model of a catalogue is an object with an \"id\".");
            }

            if (known.OfType<JsonObject>().FirstOrDefault(existing => Id(existing) == id) is { } existing)
            {
                Apply(existing, model);
            }
            else
            {
                known.Add(model.DeepClone());
            }
        }
    }

    private static string? Id(JsonObject model) => model["id"] is JsonValue value && value.TryGetValue(out string? id) ? id : null;
}
