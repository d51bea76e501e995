using System.Text;

namespace GeminiBatch.Schemas.Tests;

/// <summary>What the fast tier takes for exact, the tolerant tier takes for exact, and the other way round.</summary>
public sealed class TierTests
{
    private const string Members = """" "codes":null,"stock":null,"rows":null,"price":null,"weight":null,"ratio":null,"link":null,"extra":null,"the \"name\"":null,"section":null """";

    [Theory]
    [InlineData("stock", """[{"key":1,"value":2}]""", false)]
    [InlineData("stock", """[{"key":x,"value":2}]""", false)]
    [InlineData("stock", """[{"key":"x","value":2}]""", true)]
    [InlineData("stock", """[{"key":"x"}]""", false)]
    [InlineData("stock", """[{"value":2}]""", false)]
    [InlineData("rows", """[{"key":1,"value":"a"}]""", true)]
    [InlineData("rows", """{"1":"a"}""", true)]
    [InlineData("rows", """{"+1":"a"}""", false)]
    [InlineData("rows", """{"01":"a"}""", false)]
    [InlineData("rows", """{"300":"a"}""", false)]
    [InlineData("codes", "[1,2]", true)]
    [InlineData("codes", "[1,1]", false)]
    [InlineData("codes", "[1,1.0]", false)]
    [InlineData("price", "1e-30", false)]
    [InlineData("price", "0.000", true)]
    [InlineData("weight", "1e-400", false)]
    [InlineData("weight", "0e-400", true)]
    [InlineData("ratio", "1e39", false)]
    [InlineData("ratio", "1e-60", false)]
    [InlineData("link", "\"a b\"", false)]
    [InlineData("link", "\"<http://a.example>\"", false)]
    [InlineData("link", "\"http://[::1]/x\"", true)]
    [InlineData("link", "\"\"", false)]
    [InlineData("extra", """{"x":"\ud800"}""", false)]
    [InlineData("extra", """{"x":"\ud83d\ude00"}""", true)]
    [InlineData("the \\\"name\\\"", "\"x\"", true)]
    [InlineData("section", """{"name":"a","parts":[{"name":"b","parts":[]}]}""", true)]
    [InlineData("section", """{"name":"a","parts":null}""", true)]
    public void Both_tiers_agree_on_what_is_exact(string name, string value, bool isExact)
    {
        string answer = "{" + Members.Replace($"\"{name}\":null", $"\"{name}\":{value}", StringComparison.Ordinal) + "}";
        Assert.Contains(value, answer, StringComparison.Ordinal);
        foreach (ParseOptions options in new[] { ParseOptions.Default, ParseOptions.Strict })
        {
            Assert.Equal(isExact, Shelf.Schema.Parse(answer, options).Status == AnswerStatus.Exact);
            AnswerReading reading = Shelf.Schema.Read(Encoding.UTF8.GetBytes(answer), options);
            Assert.True(isExact == (reading.Status == AnswerStatus.Exact) || name == "ratio", string.Join(' ', reading.Errors));
        }
    }

    [Fact]
    public void An_exact_answer_is_exact_with_prose_before_it_but_for_the_prose()
    {
        string answer = "Here: {" + Members.Replace("\"the \\\"name\\\"\":null", "\"the \\\"name\\\"\":\"x\"", StringComparison.Ordinal) + "}";
        ParsedAnswer<Shelf> parsed = Shelf.Schema.Parse(answer);
        Assert.Equal("x", parsed.Value?.Quoted);
        Assert.Equal([AnswerRepairKind.ProseRemoved], parsed.Repairs.Select(static repair => repair.Kind));
    }

    [Fact]
    public void What_does_not_fit_the_type_in_C_sharp_is_named_by_its_path()
    {
        AnswerError error = Assert.Single(Shelf.Schema.Parse("{\"ratio\": 1e39}").Errors);
        Assert.Equal((AnswerErrorKind.OutOfRange, "$.ratio"), (error.Kind, error.Path));
    }

    [Fact]
    public void Equal_items_of_a_set_are_told()
    {
        ParsedAnswer<Shelf> parsed = Shelf.Schema.Parse("{\"codes\": [1, 2, 1.00]}");
        Assert.Equal(2, parsed.Value?.Codes?.Count);
        Assert.Contains(parsed.Repairs, static repair => repair is { Kind: AnswerRepairKind.DuplicateMember, Path: "$.codes[2]" });
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_text_is_told()
    {
        ParsedAnswer<Shelf> parsed = Shelf.Schema.Parse("{\"the \\\"name\\\"\": \"a\ud800b\"}");
        Assert.Equal("a\ufffdb", parsed.Value?.Quoted);
        Assert.Contains(parsed.Repairs, static repair => repair.Kind == AnswerRepairKind.EncodingMended);
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(100, false)]
    public void Depth_is_bounded_on_both_tiers_whatever_is_asked_for(int depth, bool isTooDeep)
    {
        string answer = "{" + Members.Replace("\"extra\":null", "\"extra\":" + new string('[', depth) + new string(']', depth), StringComparison.Ordinal) + "}";
        ParsedAnswer<Shelf> parsed = Shelf.Schema.Parse(answer, new ParseOptions { MaxDepth = int.MaxValue });
        Assert.Equal(isTooDeep, parsed.Errors.Any(static error => error.Kind == AnswerErrorKind.TooDeep));
    }

    [Fact]
    public void Strings_in_strings_do_not_add_up_beyond_the_depth()
    {
        string inner = "{\"name\":\"x\",\"parts\":" + new string('[', 40) + new string(']', 40) + "}";
        string answer = "{\"section\":{\"name\":\"a\",\"parts\":[{\"name\":\"b\",\"parts\":" + System.Text.Json.JsonSerializer.Serialize("[" + inner + "]") + "}]}}";
        Assert.Contains(Shelf.Schema.Parse(answer, new ParseOptions { MaxDepth = 42 }).Errors, static error => error.Kind == AnswerErrorKind.TooDeep);
    }

    [Theory]
    [InlineData("plain", "$.plain")]
    [InlineData("a b", "$['a b']")]
    [InlineData("it's", "$['it\\'s']")]
    public void Paths_are_written_alike_by_reader_and_validator(string name, string path)
    {
        string schema = $$$"""{"type":"object","properties":{"{{{name}}}":{"type":"string","maxLength":1}},"required":["{{{name}}}"]}""";
        ExtractionSchema handle = ExtractionSchema.FromJsonSchema("Path", Encoding.UTF8.GetBytes(schema));
        Assert.Equal(path, Assert.Single(handle.Read(Encoding.UTF8.GetBytes($$"""{"{{name}}": "xx"}""")).Errors).Path);
        Assert.Equal(path, Assert.Single(handle.Read("{\"x\": 1}"u8).Errors).Path);
    }
}
