namespace GeminiBatch.Schemas.Tests.Tolerant;

public sealed class TruncationTests
{
    [Theory]
    [InlineData("{\"number\": \"A-1\", \"total\": 12", "{\"number\":\"A-1\",", "$.total")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50, \"issuedOn\": \"2026-03", "\"total\":12.50,\"currency\"", "$.issuedOn")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50, \"currency\": \"E", "\"total\":12.50,\"issuedOn\":null", "$.currency")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50, \"lines\": [{\"text\": \"pen\", \"amount\": 1, \"quantity\": 1}", "\"lines\":[{\"text\":\"pen\",\"amount\":1,\"quantity\":1}]", "$.lines")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50, \"lines\": [{\"text\": \"pen\", \"amo", "\"lines\":[{\"text\":\"pen\"}]", "$.lines[0]")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50,", "\"total\":12.50", "$")]
    [InlineData("{\"number\": \"A-1\", \"total\": 12.50, \"paid\": tr", "\"total\":12.50", "$.paid")]
    public void What_was_complete_before_a_cut_is_kept_and_the_rest_is_an_error(string text, string kept, string path)
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, text);
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
        Assert.Contains(kept, reading.Json(), StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(reading.Errors, static error => error.Kind == AnswerErrorKind.Truncated).Path);
    }

    [Fact]
    public void A_text_that_was_cut_keeps_its_beginning_and_is_marked()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{\"a\": 1, \"b\": \"hel");
        Assert.Equal("{\"a\":1,\"b\":\"hel\"}", reading.Json());
        Assert.Equal("$.b", Assert.Single(reading.Errors).Path);
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
    }

    [Fact]
    public void A_text_that_ends_in_brackets_is_not_taken_for_a_forgotten_quote()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{\"a\": 1, \"b\": \"if (x) { y }");
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
    }

    [Fact]
    public void Only_the_last_brace_is_missing_where_every_field_is_there()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{\"a\": 1, \"b\": \"x\"");
        Assert.True(reading.Succeeded);
        Assert.Contains(AnswerRepairKind.ClosedBracket, reading.Kinds());
    }

    [Theory]
    [InlineData("{\"a\": 1, \"b\": \"", "AI, ", 500)]
    [InlineData("{\"b\": \"x\", \"a\": 1.", "0", 4000)]
    [InlineData("{\"a\": 1, \"b\": \"Chapter ", ".", 2000)]
    public void A_loop_is_not_just_a_cut(string start, string round, int rounds)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, start + string.Concat(Enumerable.Repeat(round, rounds)));
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
        Assert.Equal(AnswerErrorKind.RepetitionLoop, Assert.Single(reading.Errors).Kind);
        Assert.Contains("\"a\":1", reading.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_number_is_no_number()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{\"b\": \"x\", \"a\": 12");
        Assert.Equal("{\"b\":\"x\"}", reading.Json());
    }
}
