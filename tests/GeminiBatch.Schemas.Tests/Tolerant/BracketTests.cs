namespace GeminiBatch.Schemas.Tests.Tolerant;

public sealed class BracketTests
{
    private const string Whole = """{"speech":{"language":"de","tone":"calm"},"audio":{"quality":"good","tags":["a","b"]},"summary":"s"}""";

    // Each is Whole with brackets closed too early, not closed, or of the wrong kind.
    [Theory]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"\n  }\n  },\n  \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]},\n \"summary\": \"s\"\n}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"}},\n\"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]}},\n\"summary\": \"s\"}")]
    [InlineData("```json\n{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"}},\n\"audio\": {\"quality\": \"good\", \"tags\": [\"a”,“b\"]},\n\"summary\": \"s\"}\n```\n")]
    [InlineData("{\"speech\": {\"language\": \"de\"}, \"tone\": \"calm\"}, \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]}, \"summary\": \"s\"}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\", \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]}, \"summary\": \"s\"}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"}, \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"}, \"summary\": \"s\"}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"}, \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\", \"summary\": \"s\"}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"], \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]}, \"summary\": \"s\"}")]
    [InlineData("{\"speech\": {\"language\": \"de\", \"tone\": \"calm\"}, \"audio\": {\"quality\": \"good\", \"tags\": [\"a\", \"b\"]}, \"summary\": \"s\"}]}")]
    [InlineData("{\"Speech\": {\"Language\": \"de\", \"tone\": \"calm\"}},\n\"Audio\": {\"quality\": \"good\", \"tags\": [\"a\"], [\"b\"]},\n\"summary\": \"s\"}")]
    public void An_object_that_was_closed_too_early_or_too_late_comes_out_whole(string text)
    {
        AnswerReading reading = Answer.Read(Descriptors.Analysis, text);
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
        Assert.Equal(Whole, reading.Json());
        Assert.Equal(AnswerStatus.Repaired, reading.Status);
    }

    [Fact]
    public void An_item_that_was_closed_too_early_takes_its_members_back()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"number": "A", "total": 3, "lines": [{"text": "x"}, "amount": 1, "quantity": 1}, {"text": "y", "amount": 2, "quantity": 1}]}""");
        Assert.Contains("""[{"text":"x","amount":1,"quantity":1},{"text":"y","amount":2,"quantity":1}]""", reading.Json(), StringComparison.Ordinal);
        Assert.Contains(reading.Repairs, static repair => repair is { Kind: AnswerRepairKind.EarlyClosedObject, Path: "$.lines[0]" });
    }

    [Fact]
    public void A_list_that_was_not_closed_ends_before_a_field_of_the_object_around_it()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"lines": [{"text": "x", "amount": 1, "quantity": 1}, "number": "A", "total": 3}""");
        Assert.Contains("\"number\":\"A\",\"total\":3", reading.Json(), StringComparison.Ordinal);
        Assert.Contains("\"lines\":[{\"text\":\"x\",\"amount\":1,\"quantity\":1}]", reading.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_only_the_root_knows_stays_where_brackets_are_right()
    {
        // "number" inside the line is no field of a line; it must not be taken for the root's.
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"lines": [{"text": "x", "amount": 1, "quantity": 1, "number": "wrong"}], "number": "A", "total": 3}""");
        Assert.StartsWith("{\"number\":\"A\"", reading.Json(), StringComparison.Ordinal);
        Assert.Contains(reading.Repairs, static repair => repair is { Kind: AnswerRepairKind.UnknownMember, Path: "$.lines[0].number" });
    }
}
