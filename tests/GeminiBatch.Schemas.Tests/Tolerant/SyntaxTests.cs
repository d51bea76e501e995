namespace GeminiBatch.Schemas.Tests.Tolerant;

public sealed class SyntaxTests
{
    private const string Whole = """{"a":1,"b":"x"}""";

    [Theory]
    [InlineData("```json\n{\"a\": 1, \"b\": \"x\"}\n```", AnswerRepairKind.FenceRemoved)]
    [InlineData("```{\"a\": 1, \"b\": \"x\"}```", AnswerRepairKind.FenceRemoved)]
    [InlineData("Here it is:\n```yaml\n{\"a\": 1, \"b\": \"x\"}\n```\nBye.", AnswerRepairKind.FenceRemoved)]
    [InlineData("Sure! {\"a\": 1, \"b\": \"x\"} Anything else?", AnswerRepairKind.ProseRemoved)]
    [InlineData("Use [brackets] and {x}: {\"a\": 1, \"b\": \"x\"}", AnswerRepairKind.ProseRemoved)]
    [InlineData("<think>{\"a\": 9}</think>{\"a\": 1, \"b\": \"x\"}", AnswerRepairKind.ProseRemoved)]
    [InlineData("{\"a\": 1, \"b\": \"x\",}", AnswerRepairKind.TrailingComma)]
    [InlineData("{\"a\": 1 \"b\": \"x\"}", AnswerRepairKind.MissingComma)]
    [InlineData("{\"a\": 1\n\"b\": \"x\"}", AnswerRepairKind.MissingComma)]
    [InlineData("{\"a\": 1, \"b\" \"x\"}", AnswerRepairKind.MissingColon)]
    [InlineData("{'a': 1, 'b': 'x'}", AnswerRepairKind.SingleQuotes)]
    [InlineData("{“a”: 1, “b”: “x”}", AnswerRepairKind.SingleQuotes)]
    [InlineData("{\"a\": 1, \"b\": \"x”}", AnswerRepairKind.SingleQuotes)]
    [InlineData("{\"a\": 1, \"b\": `x`}", AnswerRepairKind.SingleQuotes)]
    [InlineData("{a: 1, b: \"x\"}", AnswerRepairKind.UnquotedName)]
    [InlineData("{\"a\": 1, \"b\": x}", AnswerRepairKind.UnquotedValue)]
    [InlineData("{\"a\": 1, // one\n\"b\": \"x\"}", AnswerRepairKind.Comment)]
    [InlineData("{\"a\": 1, /* one */ \"b\": \"x\"}", AnswerRepairKind.Comment)]
    [InlineData("{\"a\": 1, # one\n\"b\": \"x\"}", AnswerRepairKind.Comment)]
    [InlineData("{\"a\": 1, \"b\": \"x\"", AnswerRepairKind.ClosedBracket)]
    [InlineData("{\"a\": 1, \"b\": \"x\"]", AnswerRepairKind.ClosedBracket)]
    [InlineData("\"a\": 1, \"b\": \"x\"", AnswerRepairKind.ClosedBracket)]
    [InlineData("{\"a\": 1}, \"b\": \"x\"}", AnswerRepairKind.EarlyClosedObject)]
    [InlineData("{\"a\": 1, \"b\": \"x\"}}", AnswerRepairKind.ProseRemoved)]
    [InlineData("\uFEFF{\"a\": 1, \"b\": \"x\"}", AnswerRepairKind.EncodingMended)]
    [InlineData("{\"a\":\u00A01, \"b\": \"x\"}", AnswerRepairKind.EncodingMended)]
    [InlineData("\"{\\\"a\\\": 1, \\\"b\\\": \\\"x\\\"}\"", AnswerRepairKind.DecodedString)]
    [InlineData("{\\\"a\\\": 1, \\\"b\\\": \\\"x\\\"}", AnswerRepairKind.DecodedString)]
    [InlineData("{\"a\": 1, [IMAGE] \"b\": \"x\"}", AnswerRepairKind.ProseRemoved)]
    [InlineData("{\"a\": 1, \"b\": \"b\": \"x\"}", AnswerRepairKind.ProseRemoved)]
    public void Text_around_and_between_the_values_is_mended_and_reported(string text, AnswerRepairKind repair)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, text);
        Assert.Equal(Whole, reading.Json());
        Assert.Contains(repair, reading.Kinds());
        Assert.Equal(AnswerStatus.Repaired, reading.Status);
    }

    [Theory]
    [InlineData("\"line 1\nline 2\"", "line 1\\nline 2")]
    [InlineData("\"tab\there\"", "tab\\there")]
    [InlineData("\"cost \\$5\"", "cost $5")]
    [InlineData("\"it\\'s\"", "it's")]
    [InlineData("\"\\s+\\d\"", "\\\\s+\\\\d")]
    [InlineData("\"say \"hi\" now\"", "say \\\"hi\\\" now")]
    [InlineData("\"say \"hi\", ok\"", "say \\\"hi\\\", ok")]
    [InlineData("\"<a href=\"x\">y</a>\"", "<a href=\\\"x\\\">y</a>")]
    [InlineData("\"The TV is 72\"\"", "The TV is 72\\\"")]
    [InlineData("'it's fine'", "it's fine")]
    [InlineData("\"```mermaid\\nA-->B\\n```\",", "```mermaid\\nA-->B\\n```")]
    [InlineData("\"caf\\u00e9 \\ud83d\\ude00\",", "café 😀")]
    [InlineData("\"a\" + \"b\"", "ab")]
    [InlineData("\"\"\"\nlong\n\"\"\"", "long")]
    public void A_damaged_string_keeps_its_text(string value, string expected)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, $$"""{"a": 1, "b": {{value}}}""");
        Assert.Equal($$"""{"a":1,"b":"{{expected}}"}""", reading.Json());
        Assert.Equal(AnswerStatus.Repaired, reading.Status);
        Assert.Contains(reading.Repairs, static repair => repair.Path == "$.b" || repair.Kind == AnswerRepairKind.TrailingComma);
    }

    [Theory]
    [InlineData("{\"a\": None, \"b\": \"x\"}", "null")]
    [InlineData("{\"a\": NaN, \"b\": \"x\"}", "null")]
    [InlineData("{\"a\": undefined, \"b\": \"x\"}", "null")]
    public void Literals_of_other_languages_are_null(string text, string a) =>
        Assert.Equal($$"""{"a":{{a}},"b":"x"}""", Answer.Read(Descriptors.Probe, text).Json());

    [Fact]
    public void A_repair_names_the_bytes_of_the_answer()
    {
        const string Text = "Ünïcode first: {\"a\": 1, // one\n\"b\": \"x\"}";
        AnswerRepair comment = Answer.Read(Descriptors.Probe, Text).Repairs.Single(static repair => repair.Kind == AnswerRepairKind.Comment);
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(Text);
        Assert.Equal("// one", System.Text.Encoding.UTF8.GetString(utf8, comment.Start, comment.Length));
    }

    [Fact]
    public void A_comma_and_name_of_the_schema_end_a_string_whose_quote_is_missing()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"number": "A-1, "total": 5, "lines": [{"text": "pen, "amount": 5, "quantity": 1}]}""");
        Assert.Contains("\"number\":\"A-1\",\"total\":5", reading.Json(), StringComparison.Ordinal);
        Assert.Contains("{\"text\":\"pen\",\"amount\":5,\"quantity\":1}", reading.Json(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Draft: {\"a\": 0}\nFinal: {\"a\": 1, \"b\": \"x\"}")]
    [InlineData("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 1, \"b\": \"x\"}")]
    [InlineData("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}\n{\"a\": 1, \"b\": \"x\"}")]
    [InlineData("{\"result\": {\"a\": 1, \"b\": \"x\"}}")]
    [InlineData("[{\"a\": 1, \"b\": \"x\"}]")]
    [InlineData("{\"data\": [{\"a\": 1, \"b\": \"x\"}]}")]
    [InlineData("{\"data\": \"{\\\"a\\\": 1, \\\"b\\\": \\\"x\\\"}\"}")]
    public void Of_several_values_the_one_that_fits_is_read(string text) =>
        Assert.Equal(Whole, Answer.Read(Descriptors.Probe, text).Json());

    [Theory]
    [InlineData("", AnswerErrorKind.NoJson)]
    [InlineData("The document is empty.", AnswerErrorKind.NoJson)]
    [InlineData("I'm sorry, but I can't help with that.", AnswerErrorKind.Refused)]
    [InlineData("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}", AnswerErrorKind.SchemaEcho)]
    public void What_is_no_answer_has_its_own_reason(string text, AnswerErrorKind reason)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, text);
        Assert.Equal(AnswerStatus.Rejected, reading.Status);
        Assert.Equal(reason, Assert.Single(reading.Errors).Kind);
        Assert.True(reading.CanonicalJson.IsEmpty);
    }

    [Fact]
    public void Nesting_and_length_are_bounded()
    {
        Assert.Equal(AnswerErrorKind.TooDeep, Assert.Single(Answer.Read(Descriptors.Probe, new string('[', 5000)).Errors).Kind);
        Assert.Equal(AnswerErrorKind.TooLarge, Assert.Single(Answer.Read(Descriptors.Probe, "{\"a\": 1}", new ParseOptions { MaxBytes = 3 }).Errors).Kind);
    }

    [Fact]
    public void What_stands_beside_the_value_is_the_remainder() =>
        Assert.Equal("Sure!\nDone.", Answer.Read(Descriptors.Probe, "Sure!\n```json\n{\"a\": 1, \"b\": \"x\"}\n```\nDone.").Remainder);
}
