using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Vectors of hashed word and letter n-grams: equal texts are equal, similar texts are near (protocol: 2.3).</summary>
internal sealed class EmbeddingBuilder(ModelCatalogue catalogue)
{
    public RowOutcome Respond(JsonObject request, string model, bool onVertex)
    {
        var facts = catalogue.Models.First(candidate => candidate.Id == model);
        var asked = request.FindInteger("outputDimensionality") ?? request.Find("embedContentConfig").FindInteger("outputDimensionality");
        var dimensions = asked ?? facts.Dimensions;
        if (dimensions < facts.MinimumDimensions || dimensions > facts.Dimensions)
        {
            return RowOutcome.Error(3, $"output_dimensionality must be between {facts.MinimumDimensions} and {facts.Dimensions}.");
        }

        var text = string.Join(' ', request.Find("content").Find("parts").Items().Select(part => part.FindText("text") ?? ""));
        var tokens = TokenCount.OfText(text);
        var response = new JsonObject { ["embedding"] = new JsonObject { ["values"] = Vector(text, (int)dimensions) } };
        if (onVertex)
        {
            // One form was recorded and another documented (protocol: 3.8).
            if (facts.TakesTaskType)
            {
                response["usageMetadata"] = new JsonObject { ["promptTokenCount"] = tokens };
            }
            else
            {
                response["tokenCount"] = tokens.ToString(CultureInfo.InvariantCulture);
            }
        }
        else if (facts.TakesTaskType)
        {
            response["tokenCount"] = tokens.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            // Singular "Token" in the details: so captured on this API (protocol: 1.5).
            response["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = tokens,
                ["promptTokenDetails"] = new JsonArray(new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = tokens }),
            };
        }

        return RowOutcome.Response(response);
    }

    /// <summary>A prediction of an older model (protocol: 3.8).</summary>
    public RowOutcome RespondLegacy(string text, string model)
    {
        const int legacyDimensions = 768;
        var dimensions = Math.Min(legacyDimensions, catalogue.Models.First(candidate => candidate.Id == model).Dimensions);
        return RowOutcome.Response(new JsonObject
        {
            ["embeddings"] = new JsonObject
            {
                ["statistics"] = new JsonObject { ["token_count"] = TokenCount.OfText(text), ["truncated"] = false },
                ["values"] = Vector(text, dimensions),
            },
        });
    }

    private static JsonArray Vector(string text, int dimensions)
    {
        var sums = new double[dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '\r', '\t', '.', ',', ';', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries))
        {
            Add(sums, word, 1);
            for (var start = 0; start + 3 <= word.Length; start++)
            {
                Add(sums, "#" + word.AsSpan(start, 3).ToString(), 0.5);
            }
        }

        var length = Math.Sqrt(sums.Sum(value => value * value));
        return new JsonArray([.. sums.Select(value => (JsonNode)Math.Round(length > 0 ? value / length : 0, 8))]);
    }

    private static void Add(double[] sums, string feature, double weight)
    {
        var random = new SeededRandom(StableHash.Of(feature));
        for (var spread = 0; spread < 8; spread++)
        {
            var bits = random.NextBits();
            sums[(int)(bits % (ulong)sums.Length)] += (bits >> 63) == 0 ? weight : -weight;
        }
    }
}
