namespace GeminiBatch.Schemas.Tests.Tolerant;

public sealed class StrictTests
{
    [Theory]
    [InlineData("{\"a\": 1, \"b\": \"x\",}", "$", AnswerErrorKind.InvalidSyntax)]
    [InlineData("```json\n{\"a\": 1, \"b\": \"x\"}\n```", "$", AnswerErrorKind.InvalidSyntax)]
    [InlineData("{\"a\": 1, \"b\": 'x'}", "$.b", AnswerErrorKind.InvalidSyntax)]
    [InlineData("{\"a\": 1, \"b\": \"x\"} more", "$", AnswerErrorKind.InvalidSyntax)]
    [InlineData("{\"a\": \"1\", \"b\": \"x\"}", "$.a", AnswerErrorKind.WrongKind)]
    [InlineData("{\"a\": 1.0, \"b\": \"x\"}", "$.a", AnswerErrorKind.WrongKind)]
    [InlineData("{\"a\": 1, \"B\": \"x\"}", "$.B", AnswerErrorKind.UnknownMember)]
    [InlineData("{\"a\": 1, \"a\": 1, \"b\": \"x\"}", "$.a", AnswerErrorKind.DuplicateMember)]
    [InlineData("{\"a\": 1}", "$.b", AnswerErrorKind.MissingRequired)]
    public void Every_deviation_is_an_error_at_its_path(string text, string path, AnswerErrorKind kind)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, text, ParseOptions.Strict);
        Assert.Equal(AnswerStatus.Rejected, reading.Status);
        Assert.Equal((kind, path), (reading.Errors[0].Kind, reading.Errors[0].Path));
        Assert.Empty(reading.Repairs);
    }

    [Fact]
    public void A_clean_answer_is_exact_in_every_mode()
    {
        foreach (ParseOptions options in new[] { ParseOptions.Strict, ParseOptions.SyntaxOnly, ParseOptions.Default })
        {
            AnswerReading reading = Answer.Read(Descriptors.Probe, " {\"b\": \"x\", \"a\": null}\n", options);
            Assert.Equal(AnswerStatus.Exact, reading.Status);
            Assert.Equal("{\"a\":null,\"b\":\"x\"}", reading.Json());
        }
    }

    [Fact]
    public void Syntax_mode_mends_the_text_and_nothing_else()
    {
        Assert.Equal("{\"a\":1,\"b\":\"x\"}", Answer.Read(Descriptors.Probe, "{a: 1, b: 'x',}", ParseOptions.SyntaxOnly).Json());
        AnswerReading coerced = Answer.Read(Descriptors.Probe, "{a: '1', B: 'x'}", ParseOptions.SyntaxOnly);
        Assert.Equal(["$.a", "$.B"], coerced.Errors.Select(static error => error.Path).Order(StringComparer.Ordinal).Reverse());
    }
}
