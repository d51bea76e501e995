using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>A recorded answer and the schema that it was asked by.</summary>
/// <param name="Name">The file.</param>
/// <param name="Schema">The schema as JSON, in either dialect.</param>
/// <param name="Answer">The answer's text.</param>
internal sealed record RecordedPair(string Name, string Schema, string Answer)
{
    public static IEnumerable<RecordedPair> All()
    {
        foreach (string file in Directory.EnumerateFiles(SourceTree.Shared("real/pairs"), "*.request.json").Order(StringComparer.Ordinal))
        {
            if (SchemaOf(Json(file)) is { } schema)
            {
                yield return new(Path.GetFileName(file), schema.GetRawText(), AnswerOf(Json(file.Replace(".request.", ".response.", StringComparison.Ordinal))));
            }
        }
    }

    /// <summary>The text of the first candidate, without its thoughts.</summary>
    public static string AnswerOf(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("candidates", out JsonElement candidates) || candidates.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        return string.Concat(candidates.EnumerateArray().Take(1)
            .Where(static candidate => candidate.TryGetProperty("content", out JsonElement content) && content.TryGetProperty("parts", out _))
            .SelectMany(static candidate => candidate.GetProperty("content").GetProperty("parts").EnumerateArray())
            .Where(static part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out _) && !part.TryGetProperty("thought", out _))
            .Select(static part => part.GetProperty("text").GetString()));
    }

    private static JsonElement Json(string file) => JsonElement.Parse(File.ReadAllBytes(file));

    private static JsonElement? SchemaOf(JsonElement request)
    {
        foreach (string settings in (ReadOnlySpan<string>)["generationConfig", "generation_config"])
        {
            foreach (string name in (ReadOnlySpan<string>)["responseJsonSchema", "responseSchema", "response_json_schema", "response_schema"])
            {
                if (request.TryGetProperty(settings, out JsonElement config) && config.TryGetProperty(name, out JsonElement schema))
                {
                    return schema;
                }
            }
        }

        return null;
    }
}
