using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Requests;

/// <summary>Protocol 1.3: generationConfig, and settings that are stored and read back.</summary>
public sealed class GenerationSettingsTests
{
    [Fact]
    public void Settings_read_back_are_equal_and_give_the_same_bytes()
    {
        Gen<GenerationSettings> any =
            from temperature in OrNull(Gen.Choose(0, 200).Select(hundredths => hundredths / 100.0))
            from topK in OrNull(Gen.Choose(1, 100))
            from tokens in OrNull(Gen.Choose(1, 65536))
            from level in OrNull(Gen.Elements(Enum.GetValues<GeminiThinkingLevel>()))
            from budget in OrNull(Gen.Choose(-1, 24576))
            from resolution in OrNull(Gen.Elements(Enum.GetValues<GeminiMediaResolution>()))
            from logprobs in OrNull(Gen.Elements(true, false))
            from stops in Gen.Elements<string[]?>(null, [], ["a"], ["\n", "é\"", ""])
            from schema in Gen.Elements("", """{ "type" : "OBJECT" }""", """{"b":1,"a":[1.0, 2e3]}""")
            from extra in Gen.Elements(null, """{ "speechConfig": { "x": 1 }, "imageConfig": {} }""")
            select new GenerationSettings
            {
                Temperature = temperature,
                TopK = topK,
                MaxOutputTokens = tokens,
                Thinking = level is null && budget is null ? null : new GeminiThinking { Level = level, Budget = budget },
                MediaResolution = resolution,
                ResponseLogprobs = logprobs,
                StopSequences = stops,
                ResponseSchema = System.Text.Encoding.UTF8.GetBytes(schema),
                AdditionalJson = extra,
            };

        Prop.ForAll(any.ToArbitrary(), settings =>
        {
            string json = settings.ToJson();
            GenerationSettings back = GenerationSettings.FromJson(json);
            return back.ToJson() == json && back == settings && back.GetHashCode() == settings.GetHashCode();
        }).Check(PropertyRounds.Of(100));
    }

    [Fact]
    public void Every_property_survives_being_stored()
    {
        var settings = new GenerationSettings
        {
            Temperature = 0.1,
            TopP = 0.95,
            TopK = 40,
            CandidateCount = 1,
            MaxOutputTokens = 100,
            StopSequences = ["x"],
            Seed = 7,
            PresencePenalty = -1.5,
            FrequencyPenalty = 2,
            ResponseLogprobs = true,
            Logprobs = 3,
            ResponseModalities = ["TEXT"],
            MediaResolution = GeminiMediaResolution.High,
            ResponseMimeType = "application/json",
            ResponseJsonSchema = "{}"u8.ToArray(),
            Thinking = new GeminiThinking { Budget = 0, IncludeThoughts = true },
            AdditionalJson = """{"zz":1,"aa":{"b":[]}}""",
        };

        GenerationSettings back = GenerationSettings.FromJson(settings.ToJson());

        Assert.Equal(settings, back);
        Assert.Equal(
            """{"temperature":0.1,"topP":0.95,"topK":40,"candidateCount":1,"maxOutputTokens":100,"stopSequences":["x"],"seed":7,"presencePenalty":-1.5,"frequencyPenalty":2,"responseLogprobs":true,"logprobs":3,"responseModalities":["TEXT"],"mediaResolution":"MEDIA_RESOLUTION_HIGH","responseMimeType":"application/json","responseJsonSchema":{},"thinkingConfig":{"thinkingBudget":0,"includeThoughts":true},"aa":{"b":[]},"zz":1}""",
            back.ToJson());
        Assert.Equal(-1.5, back.PresencePenalty);
        Assert.Equal(GeminiMediaResolution.High, back.MediaResolution);
    }

    [Fact]
    public void Settings_are_written_the_same_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            Assert.Equal("""{"temperature":-0.5}""", new GenerationSettings { Temperature = -0.5 }.ToJson());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nothing_set_is_nothing_sent()
    {
        Assert.True(new GenerationSettings().IsEmpty);
        Assert.True(new GenerationSettings { Thinking = new GeminiThinking() }.IsEmpty);
        Assert.Equal("{}", new GenerationSettings().ToJson());
        Assert.False(new GenerationSettings { Seed = 0 }.IsEmpty);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"temperature":"hot"}""")]
    [InlineData("""{"topK":1.5}""")]
    [InlineData("""{"stopSequences":[1]}""")]
    [InlineData("""{"responseSchema":7}""")]
    public void What_is_no_settings_is_refused(string json) => Assert.Throws<FormatException>(() => GenerationSettings.FromJson(json));

    [Fact]
    public void Tools_and_safety_settings_read_back_are_equal()
    {
        GeminiTool[] tools = [GeminiTool.UrlContext, GeminiTool.FromJson("""{ "googleSearch": { "timeRangeFilter": {} } }""")];
        GeminiSafetySetting[] safety = [new("HARM_CATEGORY_HARASSMENT", "OFF"), new("HARM_CATEGORY_HATE_SPEECH", "BLOCK_NONE")];

        using JsonDocument writtenTools = JsonDocument.Parse(RawJson.Write(writer => GeminiTool.WriteList(writer, tools)));
        using JsonDocument writtenSafety = JsonDocument.Parse(RawJson.Write(writer => GeminiSafetySetting.WriteList(writer, safety)));

        Assert.Equal(tools, GeminiTool.ReadList(writtenTools.RootElement));
        Assert.Equal(safety, GeminiSafetySetting.ReadList(writtenSafety.RootElement));
        Assert.Throws<FormatException>(() => GeminiTool.ReadList(writtenSafety.RootElement[0]));
        Assert.Throws<FormatException>(() => GeminiSafetySetting.ReadList(writtenTools.RootElement));
    }

    private static Gen<T?> OrNull<T>(Gen<T> values)
        where T : struct =>
        Gen.OneOf(values.Select(value => (T?)value), Gen.Constant<T?>(null));
}
