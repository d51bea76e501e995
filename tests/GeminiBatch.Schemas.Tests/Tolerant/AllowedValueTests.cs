using System.Text;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>A text or a free-form value of which only some are allowed is read as an enum is.</summary>
public sealed class AllowedValueTests
{
    private static readonly SchemaDescriptor s_codes = new("Codes",
    [
        new SchemaNode(SchemaKind.Object)
        {
            Name = "Codes",
            Fields = [new SchemaField("v", 1) { AllowedValues = ["\"1.5\"", "\"2.0\"", "\"10\"", "\"100\"", "\"A+\"", "\"B+\"", "\"C#\"", "\"DEUTDEFF\"", "\"symptomatic\"", "\"\"", "\"EUR\"", "\"EUR\"", "30"] }],
        },
        new SchemaNode(SchemaKind.String),
    ]);

    private static readonly SchemaDescriptor s_enum = new("Grades",
    [
        new SchemaNode(SchemaKind.Object) { Name = "Grades", Fields = [new SchemaField("v", 1)] },
        new SchemaNode(SchemaKind.Enum) { Name = "Grade", EnumValues = [new("A+"), new("B+"), new("1.5"), new("symptomatic"), new("recovered"), new("car-2"), new("")] },
    ]);

    private static readonly SchemaDescriptor s_cases = new("Means",
    [
        new SchemaNode(SchemaKind.Union) { Name = "Means", Discriminator = "kind", Cases = [new("voucher", 1), new("card", 2)] },
        new SchemaNode(SchemaKind.Object) { Name = "Voucher", Fields = [new SchemaField("network", 3) { AllowedValues = ["\"SODEXO\""] }] },
        new SchemaNode(SchemaKind.Object) { Name = "Card", Fields = [new SchemaField("network", 3) { AllowedValues = ["\"VISA\""] }] },
        new SchemaNode(SchemaKind.String),
    ]);

    [Theory]
    [InlineData("\"eur\"", "\"none\"", "\"EUR\"", "\"none\"")]
    [InlineData("\"In-Kind\"", "\"NONE\"", "\"in kind\"", "\"none\"")]
    [InlineData("\"USD\"", "\"30\"", "\"USD\"", "30")]
    [InlineData("\"USD\"", "30.0", "\"USD\"", "30.0")]
    [InlineData("\"USD\"", "\"True\"", "\"USD\"", "true")]
    [InlineData("[\"usd\"]", "{\"days\": 30}", "\"USD\"", "30")]
    [InlineData("{\"code\": \"eur\"}", "{\"days\": \"None\"}", "\"EUR\"", "\"none\"")]
    [InlineData("{\"code\": \"EUR\"}", "{\"days\": 30.00}", "\"EUR\"", "30.00")]
    [InlineData("\" USD.\"", "\" 30 \"", "\"USD\"", "30")]
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

    [Theory]
    [InlineData("-30")]
    [InlineData("3.0")]
    [InlineData("\"-30\"")]
    [InlineData("\"(30)\"")]
    [InlineData("\"3.0\"")]
    [InlineData("\"30 days\"")]
    [InlineData("\"3 0\"")]
    [InlineData("1")]
    [InlineData("\"yes\"")]
    public void A_number_is_known_by_its_value_alone(string due)
    {
        var answer = $$"""{"currency": "EUR", "due": {{due}}, "rate": 2, "note": null}""";
        foreach (var options in (ReadOnlySpan<ParseOptions>)[ParseOptions.Default, new ParseOptions { Coercions = AnswerCoercions.All }])
        {
            Assert.Equal("$.due", Assert.Single(ExtractionSchema.Of<PaymentTerms>().Read(Encoding.UTF8.GetBytes(answer), options).Errors).Path);
        }
    }

    [Theory]
    [InlineData("15", null)]
    [InlineData("1,5", null)]
    [InlineData("1.5", "1.5")]
    [InlineData("-2.0", null)]
    [InlineData("(2.0)", null)]
    [InlineData("10.0", null)]
    [InlineData("a-", null)]
    [InlineData("a+", "A+")]
    [InlineData("C++", null)]
    [InlineData("c#", "C#")]
    [InlineData("DEUTDEFX", null)]
    [InlineData("deut-deff", "DEUTDEFF")]
    [InlineData("asymptomatic", null)]
    [InlineData("", "")]
    [InlineData("unheard of", null)]
    public void What_folding_leaves_out_may_make_another_value(string text, string? read)
    {
        var reading = Answer.Read(s_codes, $$"""{"v": "{{text}}",}""");
        Assert.True(reading.Succeeded);
        Assert.Equal($$"""{"v":"{{read ?? text}}"}""", reading.Json());
        Assert.Equal(read is null, ExtractionSchema.FromDescriptor(s_codes).Read(Encoding.UTF8.GetBytes($$"""{"v": "{{text}}",}""")).Errors.Count == 1);
    }

    [Fact]
    public void A_value_that_is_not_allowed_fits_a_case_worse_than_one_that_is_mended()
    {
        var reading = Answer.Read(s_cases, """{"network": "visa",}""");
        Assert.Equal("""{"kind":"card","network":"VISA"}""", reading.Json());
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
    }

    [Fact]
    public void A_value_before_a_cut_is_found_as_well()
    {
        var parsed = ExtractionSchema.Of<PaymentTerms>().Read("""{"currency": "eur", "due": "NONE", "rate": 2, "note": "ab"""u8);
        Assert.Equal(AnswerStatus.Incomplete, parsed.Status);
        Assert.Equal("""{"currency":"EUR","due":"none","rate":2,"note":"ab"}""", parsed.Json());
    }

    [Theory]
    [InlineData("a+", "A+")]
    [InlineData("A-", null)]
    [InlineData("15", null)]
    [InlineData("1.5 ", "1.5")]
    [InlineData("Recoverd", "recovered")]
    [InlineData("asymptomatic", null)]
    [InlineData("it is an A-, no more", null)]
    [InlineData("it is an A+, no less", "A+")]
    [InlineData("it is 1.5 now", "1.5")]
    [InlineData("it is 11.5 or -1.5", null)]
    [InlineData("the car-2, it is", "car-2")]
    public void The_same_holds_for_an_enum(string text, string? read)
    {
        var reading = Answer.Read(s_enum, $$"""{"v": "{{text}}"}""", new ParseOptions { Coercions = AnswerCoercions.All });
        Assert.Equal(read, reading.Succeeded ? reading.Json()["{'v':'".Length..^2] : null);
    }
}
