using System.Text;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>A text or a free-form value of which only some are allowed is read as an enum is.</summary>
public sealed class AllowedValueTests
{
    [Theory]
    [InlineData("\"eur\"", "\"none\"", "\"EUR\"", "\"none\"")]
    [InlineData("\"In-Kind\"", "\"NONE\"", "\"in kind\"", "\"none\"")]
    [InlineData("\"USD\"", "\"30\"", "\"USD\"", "30")]
    [InlineData("\"USD\"", "30.0", "\"USD\"", "30.0")]
    [InlineData("\"USD\"", "\"True\"", "\"USD\"", "true")]
    [InlineData("[\"usd\"]", "{\"days\": 30}", "\"USD\"", "30")]
    [InlineData("{\"code\": \"eur\"}", "{\"days\": \"None\"}", "\"EUR\"", "\"none\"")]
    public void What_is_meant_is_found(string currency, string terms, string readCurrency, string readTerms)
    {
        foreach (var frame in (ReadOnlySpan<string>)["{0}", "```json\n{0}\n```", "Here: {0} <- that", "{0},"])
        {
            var answer = frame.Replace("{0}", $$"""{"currency": {{currency}}, "due": {{terms}}, "rate": 2, "note": "N/A"}""", StringComparison.Ordinal);
            var parsed = ExtractionSchema.Of<PaymentTerms>().Parse(answer);
            Assert.True(parsed.Succeeded, string.Join(' ', parsed.Errors));
            Assert.Equal($$"""{"currency":{{readCurrency}},"due":{{readTerms}},"rate":2,"note":"N/A"}""", ExtractionSchema.Of<PaymentTerms>().Write(parsed.Value!));
            Assert.Equal(parsed.Repairs.Any(static repair => repair.Path is "$.currency" or "$.due"), currency != readCurrency || terms != readTerms);
            Assert.Equal(ExtractionSchema.Of<PaymentTerms>().Write(parsed.Value!), Encoding.UTF8.GetString(ExtractionSchema.Of<PaymentTerms>().Read(Encoding.UTF8.GetBytes(answer)).CanonicalJson.Span));
        }
    }

    [Fact]
    public void A_clean_answer_of_allowed_values_is_exact()
    {
        var parsed = ExtractionSchema.Of<PaymentTerms>().Parse("""{"currency":"in kind","due":30,"rate":1,"note":null}""");
        Assert.Equal(AnswerStatus.Exact, parsed.Status);
        Assert.Empty(parsed.Repairs);
    }

    [Theory]
    [InlineData("\"GBP\"", "\"none\"", "$.currency is GBP, but must be one of \"EUR\", \"USD\", \"in kind\".")]
    [InlineData("\"EUR or USD\"", "\"none\"", "$.currency is EUR or USD, but must be one of \"EUR\", \"USD\", \"in kind\".")]
    [InlineData("\"EUR\"", "31", "$.due is 31, but must be one of \"none\", 30, true.")]
    [InlineData("\"EUR\"", "{\"days\": 30, \"from\": 1}", "$.due is 2 entries, but must be one of \"none\", 30, true.")]
    [InlineData("\"EUR\"", "{\"days\": {\"count\": 30}}", "$.due is 1 entries, but must be one of \"none\", 30, true.")]
    [InlineData("\"EUR\"", "[30]", "$.due is 1 items, but must be one of \"none\", 30, true.")]
    public void What_is_none_of_them_is_told(string currency, string terms, string message)
    {
        var schema = ExtractionSchema.Of<PaymentTerms>();
        var answer = $$"""{"currency": {{currency}}, "due": {{terms}}, "rate": 2, "note": null}""";
        Assert.Equal(message, Assert.Single(schema.Validate(schema.Parse(answer).Value!)).Message);
        Assert.Equal(message, Assert.Single(schema.Read(Encoding.UTF8.GetBytes(answer)).Errors).Message);
    }

    [Fact]
    public void Without_the_coercion_every_text_stays_as_it_is()
    {
        var schema = ExtractionSchema.Of<PaymentTerms>();
        var answer = """{"currency": "eur", "due": "NONE", "rate": 2, "note": null,}""";
        foreach (var options in (ReadOnlySpan<ParseOptions>)[new ParseOptions { Mode = RepairMode.Syntax }, new ParseOptions { Coercions = AnswerCoercions.Default & ~AnswerCoercions.Enums }])
        {
            Assert.Equal(["$.currency", "$.due"], schema.Read(Encoding.UTF8.GetBytes(answer), options).Errors.Select(static error => error.Path));
        }
    }

    [Fact]
    public void A_cut_text_is_not_taken_for_another()
    {
        var parsed = ExtractionSchema.Of<PaymentTerms>().Parse("""{"due": 30, "rate": 2, "note": null, "currency": "us""");
        Assert.False(parsed.Succeeded);
        Assert.Contains(parsed.Errors, static error => error.Kind == AnswerErrorKind.Truncated);
    }
}
