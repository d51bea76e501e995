using System.Text.Json;

namespace GeminiBatch.Schemas.Tests.Repair;

public sealed class JsonRepairTests
{
    [Theory]
    [InlineData("{a: 1, 'b': [1, 2,], // c\n}", """{"a":1,"b":[1,2]}""")]
    [InlineData("{\"a\": {\"b\": [1, 2", """{"a":{"b":[1,2]}}""")]
    [InlineData("{\"name\":\"jack\"}\n{\"name\":\"john\"}", """[{"name":"jack"},{"name":"john"}]""")]
    [InlineData("callback({\"a\": 1});", """{"a":1}""")]
    [InlineData("(1, 2, (3))", "[1,2,3]")]
    [InlineData("{\"d\": ISODate(\"2012-12-19\")}", """{"d":"2012-12-19"}""")]
    [InlineData("[.5, 2., -, +1, 0789]", """[0.5,2.0,-0,1,"0789"]""")]
    [InlineData("{\"a\": 1, \"a\": 2}", """{"a":1,"a":2}""")]
    [InlineData("\"{\\\"a\\\": 1}\"", "\"{\\\"a\\\": 1}\"")]
    [InlineData("1\n2", "[1,2]")]
    [InlineData("{1, 2.5, true, \"a\"}", "[1,2.5,true,\"a\"]")]
    [InlineData("{\"a\", 5}", """{"a":5}""")]
    [InlineData("[1, - ]", "[1]")]
    [InlineData("[{\"a\": 1}s, {\"a\": 2}]", """[{"a":1},{"a":2}]""")]
    [InlineData("{\"a\": \"one\"\n\"\n}", """{"a":"one"}""")]
    [InlineData("{\"a\": \"he said \"hi\"\n\"\n}", "{\"a\":\"he said \\\"hi\\\"\"}")]
    [InlineData("{\"a\": \"```json {\"b\": [1]}```\", \"c\": 2}", """{"a":{"b":[1]},"c":2}""")]
    [InlineData("{\"a\": \"```json {\"b\": [1 ```\", \"c\": 2}", """{"a":{"b":[1]},"c":2}""")]
    [InlineData("{\"a\": \"one,\" and", """{"a":"one,"}""")]
    [InlineData("{\"a\": \"one \"and", "{\"a\":\"one \\\"and\"}")]
    [InlineData("\"six feet (72\") tall\"", "\"six feet (72\\\") tall\"")]
    public void What_is_meant_as_JSON_becomes_JSON(string text, string expected) => Assert.Equal(expected, JsonRepair.Repair(text).Json);

    [Theory]
    [InlineData("1```")]
    [InlineData("[1]\n```")]
    [InlineData("```\n{\"a\": 1}")]
    [InlineData("{\"a\": 1}\n````")]
    public void Half_a_fence_is_told(string text)
    {
        var repaired = JsonRepair.Repair(text);
        Assert.Equal(AnswerStatus.Repaired, repaired.Status);
        Assert.Equal(AnswerRepairKind.FenceRemoved, Assert.Single(repaired.Repairs).Kind);
    }

    [Fact]
    public void Strict_JSON_is_exact()
    {
        RepairedJson repaired = JsonRepair.Repair(""" {"a": [1.0e+2, "\u00e9"]} """);
        Assert.Equal(AnswerStatus.Exact, repaired.Status);
        Assert.Equal("""{"a":[1.0e+2,"é"]}""", repaired.Json);
        Assert.Empty(repaired.Repairs);
    }

    [Fact]
    public void A_cut_text_gives_what_was_there_and_says_so()
    {
        RepairedJson repaired = JsonRepair.Repair("{\"a\": 1, \"b\": \"hel");
        Assert.True(repaired.Succeeded);
        Assert.Equal(AnswerStatus.Incomplete, repaired.Status);
        Assert.Equal(AnswerErrorKind.Truncated, Assert.Single(repaired.Errors).Kind);
    }

    [Fact]
    public void Parse_gives_a_document_or_throws()
    {
        using JsonDocument document = JsonRepair.Parse("```json\n{a: 1}\n```");
        Assert.Equal(1, document.RootElement.GetProperty("a").GetInt32());
        Assert.Throws<JsonException>(static () => JsonRepair.Parse("  "));
        Assert.Throws<ArgumentNullException>(static () => JsonRepair.Repair((string)null!));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_do_not_reach_the_JSON()
    {
        RepairedJson repaired = JsonRepair.Repair([(byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}']);
        Assert.Equal("{\"a\":\"\uFFFD\"}", repaired.Json);
        Assert.NotEqual(AnswerStatus.Exact, repaired.Status);
    }
}
