using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Tests.Requests;

public sealed class RowKeyTests
{
    private static readonly Recipe s_recipe = new() { Model = "gemini-3.5-flash-lite", Prompt = "Extract the receipt.", Schema = "abcdefghijklmnopqrstuvwxyz" };

    [Fact]
    public void A_key_is_pinned_for_good()
    {
        Assert.Equal("""{"version":1,"model":"gemini-3.5-flash-lite","prompt":"Extract the receipt.","schema":"abcdefghijklmnopqrstuvwxyz","placement":"native"}""", s_recipe.ToCanonicalJson());
        Assert.Equal("47777przmuz7vi7y55gvktpr74", KeyOf([Text("Total: 3.75")]));
        Assert.Equal("i5gwomxeejdlgyul3ya2n5a6se", KeyOf([new SpoolPart.Content(new ContentHash(new byte[32]), "image/png", 10), new SpoolPart.Uri("gs://bucket/a.pdf", "application/pdf")], """{"year":2026}"""));
    }

    [Fact]
    public void A_key_is_26_characters_that_are_valid_in_a_label_and_reads_back()
    {
        var bytes = Gen.Choose(0, 255).Select(static number => (byte)number).ArrayOf(16).ToArbitrary();
        Prop.ForAll(bytes, static value =>
        {
            var key = new RowKey(BinaryPrimitives.ReadUInt128BigEndian(value));
            var text = key.ToString();
            Assert.Matches("^[a-z2-7]{26}$", text);
            Assert.True(RowKey.TryParse(text, out var read));
            Assert.Equal(key, read);
            Assert.Equal(value, key.ToBytes());
        }).Check(PropertyRounds.Of(100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_key_is_not_read_as_one(string text) => Assert.False(RowKey.TryParse(text, out _));

    [Fact]
    public void Different_content_has_different_keys_however_it_is_cut_into_parts()
    {
        var texts = Gen.Elements("", "a", "ab", "b", "t", "\u0001", "m").ListOf(3).ToArbitrary();
        Prop.ForAll(texts, texts, static (one, other) =>
        {
            var same = one.SequenceEqual(other, StringComparer.Ordinal);
            Assert.Equal(same, KeyOf([.. one.Select(Text)]) == KeyOf([.. other.Select(Text)]));
        }).Check(PropertyRounds.Of(100));
    }

    [Fact]
    public void Every_part_of_the_recipe_changes_the_key()
    {
        Recipe[] recipes =
        [
            s_recipe,
            s_recipe with { Model = "gemini-3.8-flash" },
            s_recipe with { Prompt = "Extract it." },
            s_recipe with { SystemInstruction = "Be exact." },
            s_recipe with { Schema = "bbcdefghijklmnopqrstuvwxyz" },
            s_recipe with { Placement = SchemaPlacement.Both },
            s_recipe with { Settings = new GenerationSettings { MaxOutputTokens = 100 } },
            s_recipe with { Safety = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "OFF")] },
            s_recipe with { Tools = [GeminiTool.GoogleSearch] },
            s_recipe with { IncludeMetadata = true },
        ];
        Assert.Equal(recipes.Length, recipes.Select(static recipe => KeyOf([Text("x")], null, recipe)).Distinct().Count());
        Assert.All(recipes, static recipe => Assert.Equal(recipe.ToCanonicalJson(), Recipe.Parse(recipe.ToCanonicalJson()).ToCanonicalJson()));
    }

    [Fact]
    public void Overrides_replace_what_they_name_and_nothing_else()
    {
        var changed = s_recipe.With(new RecipeOverrides { Prompt = "Only the total.", Model = "models/gemini-3.8-flash" });
        Assert.Equal(s_recipe with { Prompt = "Only the total.", Model = "gemini-3.8-flash" }, changed);
        Assert.Equal(s_recipe.ToCanonicalJson(), s_recipe.With(new RecipeOverrides()).ToCanonicalJson());
    }

    [Fact]
    public void Two_recipes_are_told_apart_by_what_differs()
    {
        var differences = RecipeDifference.Between(s_recipe, s_recipe with { Prompt = "Extract the invoice.", Settings = new GenerationSettings { Seed = 1 } });
        Assert.Equal(["prompt: 'Extract the receipt.' -> 'Extract the invoice.'", "settings: none -> '{\"seed\":1}'"], differences);
    }

    [Fact]
    public void A_model_that_refuses_a_schema_beside_tools_gets_it_in_the_prompt()
    {
        var withTools = s_recipe with { Tools = [GeminiTool.GoogleSearch] };
        var refusing = GeminiCatalogue.Default.Models.First(static model => !model.StructuredOutputWithTools && model.RunsBatches).Id;
        Assert.Equal(SchemaPlacement.Native, withTools.FittedTo(GeminiCatalogue.Default).Placement);
        Assert.Equal(SchemaPlacement.Prompt, (withTools with { Model = refusing }).FittedTo(GeminiCatalogue.Default).Placement);
        Assert.Equal(SchemaPlacement.Native, (s_recipe with { Model = refusing }).FittedTo(GeminiCatalogue.Default).Placement);
    }

    [Fact]
    public void A_response_schema_among_the_settings_is_refused()
    {
        var request = new ExtractionRequest { Prompt = "x", Settings = new GenerationSettings { ResponseMimeType = "application/json" } };
        Assert.Throws<ArgumentException>(() => Recipe.Of(request, ExtractionSchema.Of<Receipt>(), "m"));
    }

    private static SpoolPart Text(string text) => new SpoolPart.Text(Encoding.UTF8.GetBytes(text));

    private static string KeyOf(IReadOnlyList<SpoolPart> parts, string? metadata = null, Recipe? recipe = null) =>
        new RowIdentity().KeyOf(Recipe.FingerprintOf((recipe ?? s_recipe).ToCanonicalJson()), parts, metadata).ToString();
}
