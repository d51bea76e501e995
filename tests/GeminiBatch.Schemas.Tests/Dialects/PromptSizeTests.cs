using System.Text;
using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

public class PromptSizeTests
{
    [Fact]
    public void The_compact_notation_has_at_most_half_the_characters_on_the_shared_cases()
    {
        var file = SourceTree.Shared("cases", "baml.jsonl");
        long prompts = 0;
        long schemas = 0;
        foreach (var line in File.ReadLines(file))
        {
            using var document = JsonDocument.Parse(line);
            if (!document.RootElement.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.Object || Read(schema) is not { } handle)
            {
                continue;
            }

            prompts += handle.PromptInstructions.Length;
            schemas += Encoding.UTF8.GetString(handle.ResponseJsonSchema.Span).Length;
        }

        Assert.NotEqual(0, schemas);
        Assert.True(prompts * 2 <= schemas, $"{prompts} characters of prompt against {schemas} of schema, {(double)prompts / schemas:P0}");
        TestContext.Current.SendDiagnosticMessage($"prompt / JSON Schema = {(double)prompts / schemas:P0}");
    }

    private static ExtractionSchema? Read(JsonElement schema)
    {
        try
        {
            return ExtractionSchema.FromJsonSchema("Answer", Encoding.UTF8.GetBytes(schema.GetRawText()));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
