using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class AnswererTests
{
    [Theory]
    [InlineData("1,234.56 and 10.00", 1234.56)]
    [InlineData("1.234,56 und 10,00", 1234.56)]
    [InlineData("1 234,56 et 10,00", 1234.56)]
    [InlineData("1'234.50 und 10.00", 1234.50)]
    [InlineData("5,000 of 10.00", 5000)]
    [InlineData("0,035 en 10,00", 0.035)]
    [InlineData("2.847 kWh 10,00", 2847)]
    [InlineData("-£37.20 of 10.00", -37.20)]
    public void Amounts_are_read_as_the_document_writes_them(string text, double expected) =>
        Assert.Equal((decimal)expected, new AmountReader(text).ReadOne(text));

    [Theory]
    [InlineData("2#9.99")]
    [InlineData("RE-2025-10482")]
    [InlineData("M4x12")]
    public void Numbers_in_codes_and_damaged_words_are_no_amounts(string text) => Assert.Empty(new AmountReader(text).Read(text));

    [Theory]
    [InlineData("2026-03-09")]
    [InlineData("9.3.2026")]
    [InlineData("9. März 2026")]
    [InlineData("9 mars 2026")]
    [InlineData("March 9, 2026")]
    [InlineData("9th of March 2026")]
    [InlineData("9 de marzo de 2026")]
    [InlineData("9 de março de 2026")]
    [InlineData("9 marca 2026 r.")]
    [InlineData("9 maart 2026")]
    [InlineData("09/03/26")]
    public void Dates_are_read_in_many_forms(string text) =>
        Assert.Equal(new DateOnly(2026, 3, 9), new DateReader(text, usesDecimalPoint: false).Read(text).Single().Date);

    [Fact]
    public void Month_and_day_are_told_apart_by_the_whole_document()
    {
        const string american = "Date 03/04/2026, due 03/20/2026";
        Assert.Equal(new DateOnly(2026, 3, 4), new DateReader(american, usesDecimalPoint: true).Read(american)[0].Date);
        const string british = "Date 03/04/2026, due 20/04/2026";
        Assert.Equal(new DateOnly(2026, 4, 3), new DateReader(british, usesDecimalPoint: true).Read(british)[0].Date);
    }

    [Fact]
    public async Task A_schema_in_the_prompt_is_answered_too()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        const string prompt = "Extract the invoice.\\n\\nAnswer with one JSON value of this type and nothing else:\\n{\\n  // The number.\\n  number: string\\n  issuedOn: date | null\\n  kind: \\\"invoice\\\" | \\\"credit note\\\"\\n  lines: {\\n    text: string\\n    amount: number\\n  }[]\\n}\\ndate: yyyy-MM-dd\\n";
        var answer = await AskAsync(fixture, prompt, "Credit note\\nCredit note number: CN-7\\nDate: 3 May 2026\\n\\nDescription     Amount\\nBolts            -4.00\\nNuts             -2.50", null);
        Assert.Equal("""{"number":"CN-7","issuedOn":"2026-05-03","kind":"credit note","lines":[{"text":"Bolts","amount":-4.0},{"text":"Nuts","amount":-2.5}]}""".Replace("-4.0", "-4", StringComparison.Ordinal), answer.ToJsonString());
    }

    [Fact]
    public async Task References_unions_with_null_and_other_documents_than_invoices_are_understood()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        const string settings = """{"responseMimeType":"application/json","responseJsonSchema":{"$defs":{"contact":{"type":"object","properties":{"email":{"type":["string","null"]}},"required":["email"]}},"type":"object","properties":{"patientName":{"type":"string"},"urgency":{"type":"string","enum":["low","high","unknown"]},"ward":{"anyOf":[{"type":"string"},{"type":"null"}]},"allergies":{"type":"array","items":{"type":"string"}},"contact":{"$ref":"#/$defs/contact"}},"required":["patientName","urgency","ward","allergies","contact"]}}""";
        var answer = await AskAsync(fixture, "Read the referral.", "Patient name: Ada Example\\nUrgency: high\\nAllergies: nuts, pollen\\nMail ada@example.test", settings);
        Assert.Equal("""{"patientName":"Ada Example","urgency":"high","ward":null,"allergies":["nuts","pollen"],"contact":{"email":"ada@example.test"}}""", answer.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_in_the_document_is_not_made_up()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        const string settings = """{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"number":{"type":"STRING"},"total":{"type":"NUMBER"},"dueOn":{"type":"STRING","format":"date"},"lines":{"type":"ARRAY","items":{"type":"OBJECT","properties":{"text":{"type":"STRING"},"amount":{"type":"NUMBER"}}}}},"required":["number","total","dueOn","lines"]}}""";
        var answer = await AskAsync(fixture, "Extract the invoice.", "Nothing of the kind is written here.", settings);
        Assert.Equal("""{"number":"","total":null,"dueOn":null,"lines":[]}""", answer.ToJsonString());
    }

    [Fact]
    public async Task An_uploaded_text_file_is_read_like_a_text_part()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = await fixture.Http.UploadAsync("Invoice number: F-1", mimeType: "text/plain");
        var body = JsonNode.Parse("""{"contents":[{"parts":[{"fileData":{"mimeType":"text/plain"}},{"text":"Extract."}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"number":{"type":"STRING"}},"required":["number"]}}}""")!;
        body["contents"]![0]!["parts"]![0]!["fileData"]!["fileUri"] = (string)file["uri"]!;
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", body);
        Assert.Equal("F-1", (string?)JsonNode.Parse(Text(await response.JsonAsync()))!["number"]);
    }

    [Fact]
    public async Task Tokens_are_counted_alike_in_the_plain_and_the_wrapped_form()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var contents = """[{"parts":[{"text":"twelve chars"}]}]""";
        using var plain = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:countTokens", JsonNode.Parse($$"""{"contents":{{contents}}}""")!);
        using var wrapped = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:countTokens", JsonNode.Parse($$$"""{"generateContentRequest":{"model":"models/gemini-3.5-flash-lite","contents":{{{contents}}}}}""")!);
        Assert.Equal(3, (int)(await plain.JsonAsync())["totalTokens"]!);
        Assert.Equal(3, (int)(await wrapped.JsonAsync())["totalTokens"]!);
    }

    private static async Task<JsonNode> AskAsync(EmulatorFixture fixture, string prompt, string document, string? settings)
    {
        var body = JsonNode.Parse($$$"""{"contents":[{"parts":[{"text":"{{{prompt}}}"},{"text":"{{{document}}}"}]}],"generationConfig":{{{settings ?? "{}"}}}}""")!;
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", body);
        await response.RequireSuccessAsync();
        return JsonNode.Parse(Text(await response.JsonAsync()))!;
    }

    private static string Text(JsonNode response) => string.Concat(response["candidates"]![0]!["content"]!["parts"]!.AsArray().Select(part => (string?)part!["text"]));

    [Fact]
    public async Task A_synchronous_call_whose_row_would_fail_has_the_status_of_that_failure()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", JsonNode.Parse("""{"contents":[{"role":"tester","parts":[{"text":"x"}]}]}""")!);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }
}
