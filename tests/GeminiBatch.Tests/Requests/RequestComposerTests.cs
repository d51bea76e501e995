using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GeminiBatch.Tests.Requests;

public sealed class RequestComposerTests
{
    private static readonly SchemaRendering s_schema = new("f", "Receipt", ExtractionSchema.Of<Receipt>().Descriptor.ToJson(), "THE SCHEMA", "A HINT", Encoding.UTF8.GetBytes("""{"type":"OBJECT"}"""));
    private static readonly Recipe s_recipe = new() { Model = "m", Prompt = "The task.", SystemInstruction = "Be exact.", Schema = "f", Settings = new GenerationSettings { Seed = 7 } };

    private static readonly SpoolRow s_row = new(
        "k",
        [new SpoolPart.Text(Encoding.UTF8.GetBytes("The document.")), new SpoolPart.Content(new ContentHash(new byte[32]), "image/png", 1), new SpoolPart.Uri("https://x/y.pdf", "application/pdf")],
        """{"year":2026}""");

    [Fact]
    public void Media_come_first_then_what_is_constant_then_the_document() => Assert.Equal(
        """
        {"contents":[{"role":"user","parts":[{"fileData":{"mimeType":"image/png","fileUri":"files/up"}},{"fileData":{"mimeType":"application/pdf","fileUri":"https://x/y.pdf"}},{"text":"The task.\n\nA HINT"},{"text":"What is known of the document:\n{\"year\":2026}"},{"text":"The document."}]}],"systemInstruction":{"parts":[{"text":"Be exact."}]},"generationConfig":{"seed":7,"responseMimeType":"application/json","responseSchema":{"type":"OBJECT"}}}
        """,
        Json(s_recipe));

    [Fact]
    public void In_the_prompt_the_schema_is_words_and_no_response_schema()
    {
        var json = Json(s_recipe with { Placement = SchemaPlacement.Prompt });
        Assert.Contains("The task.\\n\\nTHE SCHEMA", json, StringComparison.Ordinal);
        Assert.Contains("responseMimeType", json, StringComparison.Ordinal);
        Assert.DoesNotContain("responseSchema", json, StringComparison.Ordinal);
        Assert.DoesNotContain("responseMimeType", Json(s_recipe with { Placement = SchemaPlacement.Prompt, Tools = [GeminiTool.GoogleSearch] }), StringComparison.Ordinal);
        var both = Json(s_recipe with { Placement = SchemaPlacement.Both });
        Assert.Contains("THE SCHEMA", both, StringComparison.Ordinal);
        Assert.Contains("responseSchema", both, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_output_budget_takes_the_place_of_the_recipes() => Assert.Contains("\"maxOutputTokens\":8192", Json(s_recipe, 8_192), StringComparison.Ordinal);

    private static string Json(Recipe recipe, int? budget = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions))
        {
            new RequestComposer(recipe, s_schema).Compose(s_row, static _ => "files/up", new RepeatedRequest(budget, null, null)).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
