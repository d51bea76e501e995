using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads one model of the catalogue's document.</summary>
internal static class ModelFactsReading
{
    internal static GeminiModelFacts Read(JsonElement model)
    {
        string id = CatalogueReading.Text(model, "id", "models");
        string place = $"model {id}";
        return new GeminiModelFacts
        {
            Id = id,
            Constant = JsonRead.Text(model, "constant"),
            Kind = Enum<GeminiModelKind>(model, "kind", place),
            Status = Enum<GeminiModelStatus>(model, "status", place),
            Released = CatalogueReading.Date(model, "released", place),
            Retires = CatalogueReading.Date(model, "retired", place) ?? CatalogueReading.Date(model, "retires", place),
            Successor = JsonRead.Text(model, "successor"),
            RoutedTo = JsonRead.Text(model, "routedTo"),
            InputTokens = JsonRead.Int32(model, "inputTokens"),
            OutputTokens = JsonRead.Int32(model, "outputTokens"),
            BatchMethods = CatalogueReading.Texts(model, "batchMethods"),
            Backends = CatalogueReading.Texts(model, "backends"),
            VertexLocations = CatalogueReading.Texts(model, "vertexLocations"),
            StructuredOutputWithTools = JsonRead.Boolean(model, "structuredOutputWithTools") ?? false,
            Thinking = JsonRead.Object(model, "thinking") is { } thinking ? Thinking(thinking, place) : null,
            Sampling = JsonRead.Object(model, "sampling") is { } sampling ? Sampling(sampling) : GeminiSamplingFacts.Unrestricted,
            Prices = [.. CatalogueReading.Items(model, "prices").Select(price => Price(price, place))],
            Note = JsonRead.Text(model, "note"),
        };
    }

    private static GeminiThinkingFacts Thinking(JsonElement thinking, string place)
    {
        if (CatalogueReading.Text(thinking, "control", place + ", thinking") == "level")
        {
            return new GeminiThinkingFacts
            {
                Levels = [.. CatalogueReading.Texts(thinking, "levels").Select(name => Level(name, place))],
                DefaultLevel = JsonRead.Text(thinking, "default") is { } level ? Level(level, place) : null,
                ForExtraction = new GeminiThinking { Level = Level(CatalogueReading.Text(thinking, "extraction", place + ", thinking"), place) },
            };
        }

        return new GeminiThinkingFacts
        {
            MinimumBudget = JsonRead.Int32(thinking, "minimum") is { } minimum ? Math.Max(minimum, 1) : null,
            MaximumBudget = JsonRead.Int32(thinking, "maximum"),
            DefaultBudget = JsonRead.Int32(thinking, "default"),
            AllowsAutomaticBudget = JsonRead.Boolean(thinking, "automatic") ?? false,
            CanBeOff = JsonRead.Boolean(thinking, "canBeOff") ?? false,
            ForExtraction = new GeminiThinking { Budget = JsonRead.Int32(thinking, "extraction") },
        };
    }

    private static GeminiThinkingLevel Level(string name, string place) =>
        WireNames.ThinkingLevel(name) ?? throw new FormatException($"The catalogue's {place} names the thinking level \"{name}\": there are MINIMAL, LOW, MEDIUM and HIGH.");

    private static GeminiSamplingFacts Sampling(JsonElement sampling) => new()
    {
        Ignored = CatalogueReading.Texts(sampling, "ignored"),
        Refused = CatalogueReading.Texts(sampling, "refused"),
        Discouraged = CatalogueReading.Texts(sampling, "discouraged"),
        LastTurnMayBeModel = JsonRead.Boolean(sampling, "lastTurnMayBeModel") ?? true,
    };

    private static GeminiPrice Price(JsonElement price, string place)
    {
        JsonElement sync = JsonRead.Object(price, "sync") ?? default;
        JsonElement batch = JsonRead.Object(price, "batch") ?? default;
        return new GeminiPrice
        {
            From = CatalogueReading.Date(price, "from", place),
            Until = CatalogueReading.Date(price, "until", place),
            PromptTokensAbove = JsonRead.Integer(price, "promptTokensAbove"),
            Input = Dollars(sync, "input", place),
            Output = Dollars(sync, "output", place),
            BatchInput = Dollars(batch, "input", place),
            BatchOutput = Dollars(batch, "output", place),
            IsUncertain = JsonRead.Boolean(price, "uncertain") ?? false,
        };
    }

    private static decimal? Dollars(JsonElement price, string name, string place) => JsonRead.Member(price, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDecimal(out decimal dollars) && dollars >= 0 => dollars,
        _ => throw new FormatException($"The catalogue's {place} has a price \"{name}\" that is no number of dollars."),
    };

    private static T Enum<T>(JsonElement element, string name, string place)
        where T : struct, Enum
    {
        string text = CatalogueReading.Text(element, name, place);
        return System.Enum.TryParse(text, ignoreCase: true, out T value) && System.Enum.IsDefined(value)
            ? value
            : throw new FormatException($"The catalogue's {place} has \"{name}\": \"{text}\": there are {string.Join(", ", System.Enum.GetNames<T>()).ToLowerInvariant()}.");
    }
}
