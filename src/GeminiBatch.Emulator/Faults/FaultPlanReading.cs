using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Reads a fault plan that somebody has written by hand: every mistake is told with its place.</summary>
internal static class FaultPlanReading
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<EmulatedFault> Read(string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: Lenient);
        }
        catch (JsonException error)
        {
            throw new FormatException($"The fault plan is no JSON: {error.Message}", error);
        }

        return root switch
        {
            JsonArray list => [.. list.Select((fault, index) => Fault(fault, $"fault {index + 1}"))],
            JsonObject seeded when seeded.ContainsKey("seed") => EmulatedFaultPlans.Seeded((int)Number(seeded, "seed", 0, "the plan"), (int)Number(seeded, "count", 3, "the plan")),
            _ => throw new FormatException("""A fault plan is a list such as [{"operation":"CreateBatch","kind":"Refuse","status":429}], or {"seed":7,"count":3}."""),
        };
    }

    private static EmulatedFault Fault(JsonNode? node, string place)
    {
        if (node is not JsonObject fault)
        {
            throw new FormatException($"{place} is no object.");
        }

        foreach (var (name, _) in fault)
        {
            if (name is not ("operation" or "kind" or "namePattern" or "attempt" or "times" or "status" or "body" or "retryDelaySeconds" or "delaySeconds" or "keptBytes" or "rows"))
            {
                throw new FormatException($"{place} has '{name}', which no fault has. There are operation, kind, namePattern, attempt, times, status, body, retryDelaySeconds, delaySeconds, keptBytes and rows.");
            }
        }

        return new EmulatedFault
        {
            Operation = Word<EmulatedOperation>(fault, "operation", place),
            Kind = Word<EmulatedFaultKind>(fault, "kind", place),
            NamePattern = fault.FindText("namePattern") ?? "*",
            Attempt = (int)Number(fault, "attempt", 1, place),
            Times = (int)Number(fault, "times", 1, place),
            Status = (int)Number(fault, "status", 503, place),
            Body = fault["body"] switch { null => null, JsonValue text when text.TryGetValue(out string? body) => body, var json => json.ToJsonString() },
            RetryDelay = fault.ContainsKey("retryDelaySeconds") ? TimeSpan.FromSeconds(Number(fault, "retryDelaySeconds", 0, place)) : null,
            Delay = TimeSpan.FromSeconds(Number(fault, "delaySeconds", 0, place)),
            KeptBytes = (long)Number(fault, "keptBytes", 0, place),
            Rows = (int)Number(fault, "rows", 1, place),
        };
    }

    private static T Word<T>(JsonObject fault, string name, string place)
        where T : struct, Enum => Enum.TryParse<T>(fault.FindText(name), ignoreCase: true, out var word) && Enum.IsDefined(word)
        ? word
        : throw new FormatException($"{place} has no usable {name}. There are {string.Join(", ", Enum.GetNames<T>())}.");

    private static double Number(JsonObject fault, string name, double otherwise, string place) => fault[name] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue(out double number) && number is >= 0 and <= int.MaxValue => number,
        var wrong => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{place}: {name} is {wrong.ToJsonString()} and has to be a number of 0 or more.")),
    };
}
