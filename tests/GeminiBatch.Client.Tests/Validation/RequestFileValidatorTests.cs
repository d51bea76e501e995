using System.Reflection;
using System.Text;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Validation;

/// <summary>Each rule on a row that breaks it, with its place and its severity on both backends.</summary>
public sealed class RequestFileValidatorTests
{
    private const string Good = """{"key":"a","request":{"contents":[{"role":"user","parts":[{"text":"x"}]}]}}""";

    [Theory]
    [InlineData("row-not-object", """§[1]""")]
    [InlineData("request-missing", """{"key":"a"}""")]
    [InlineData("request-not-object", """{"key":"a",§"request":"Give me a recipe"}""")]
    [InlineData("member-duplicate", """{"key":"a",§"key":"b","request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("contents-missing", """{"key":"a",§"request":{}}""")]
    [InlineData("contents-empty", """{"key":"a","request":{§"contents":[]}}""")]
    [InlineData("content-not-object", """{"key":"a","request":{"contents":[§"x"]}}""")]
    [InlineData("parts-missing", """{"key":"a","request":{"contents":[§{"role":"user"}]}}""")]
    [InlineData("parts-empty", """{"key":"a","request":{"contents":[{§"parts":[]}]}}""")]
    [InlineData("part-not-object", """{"key":"a","request":{"contents":[{"parts":[§"x"]}]}}""")]
    [InlineData("part-empty", """{"key":"a","request":{"contents":[{"parts":[§{"thought":true}]}]}}""")]
    [InlineData("part-ambiguous", """{"key":"a","request":{"contents":[{"parts":[§{"text":"x","inlineData":{"mimeType":"a/b","data":""}}]}]}}""")]
    [InlineData("text-blank", """{"key":"a","request":{"contents":[{"parts":[{§"text":""}]}]}}""")]
    [InlineData("role-unknown", """{"key":"a","request":{"contents":[{§"role":"tester","parts":[{"text":"x"}]}]}}""")]
    [InlineData("role-first", """{"key":"a","request":{"contents":[{§"role":"model","parts":[{"text":"x"}]},{"role":"user","parts":[{"text":"x"}]}]}}""")]
    [InlineData("role-last", """{"key":"a","request":{"contents":[{"role":"user","parts":[{"text":"x"}]},{§"role":"model","parts":[{"text":"x"}]}]}}""")]
    [InlineData("role-missing", """{"key":"a","request":{"contents":[{"role":"user","parts":[{"text":"x"}]},§{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("config-beside-request", """{"key":"a","request":{"contents":[{"parts":[{"text":"x"}]}]},§"config":{"temperature":1}}""")]
    [InlineData("field-unknown", """{"key":"a","request":{"contents":[{"parts":[{"text":"x",§"txt":"x"}]}]}}""")]
    [InlineData("field-misplaced", """{"key":"a","request":{§"temperature":1,"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("field-misplaced", """{"key":"a","request":{"generationConfig":{§"tools":[{"x":{"y":1}}]},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("field-misplaced", """{"key":"a","request":{"generationConfig":{§"thinking_budget":0},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("field-kind", """{"key":"a","request":{"generationConfig":{§"temperature":true},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("system-instruction-kind", """{"key":"a","request":{§"systemInstruction":"be brief","contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("file-uri-missing", """{"key":"a","request":{"contents":[{"parts":[{§"fileData":{"mimeType":"a/b"}}]}]}}""")]
    [InlineData("file-uri-scheme", """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"mimeType":"a/b",§"fileUri":"C:\\a.pdf"}}]}]}}""")]
    [InlineData("file-uri-scheme", """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"mimeType":"a/b",§"fileUri":"gs://x"}}]}]}}""")]
    [InlineData("inline-data-missing", """{"key":"a","request":{"contents":[{"parts":[{§"inlineData":{"data":"AA"}}]}]}}""")]
    [InlineData("schemas-both", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT"},§"responseJsonSchema":{"type":"object"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schemas-both", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT"},§"_responseJsonSchema":{"type":"object"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-without-json", """{"key":"a","request":{"generationConfig":{§"_responseJsonSchema":{"type":"object"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("json-schema-keyword", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","_responseJsonSchema":{§"allOf":[]}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("field-unknown", """{"key":"a","request":{"generationConfig":{§"_temperature":1},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("field-misplaced", """{"key":"a","request":{"generationConfig":{§"safety_settings":[]},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-without-json", """{"key":"a","request":{"generationConfig":{§"responseSchema":{"type":"OBJECT"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-enum-mode", """{"key":"a","request":{"generationConfig":{"responseMimeType":"text/x.enum",§"responseSchema":{"type":"STRING"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-enum-mode", """{"key":"a","request":{"generationConfig":{"responseMimeType":"text/x.enum",§"responseJsonSchema":{"type":"string","enum":["a"]}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-enum-mode", """{"key":"a","request":{"generationConfig":{§"responseMimeType":"text/x.enum"},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("json-schema-ref", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"properties":{"a":{§"$ref":"#","description":"x"}}}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("tools-exclusive", """{"key":"a","request":{"tools":[{"google_search":{"timeRangeFilter":null}},{§"fileSearch":{"fileSearchStoreNames":["fileSearchStores/a"]}}],"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-keyword", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{§"$ref":"x"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("json-schema-keyword", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{§"allOf":[]}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-type-union", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{§"type":["string","null"]}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-type-unknown", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{§"type":"DATE"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-required-unknown", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{"required":[§"b"],"properties":{"a":{"type":"STRING"}}}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-max-items", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json",§"responseSchema":{"type":"ARRAY","maxItems":"961","items":{"type":"STRING"}}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("schema-items-missing", """{"key":"a","request":{"generationConfig":{"responseMimeType":"application/json",§"responseSchema":{"type":"ARRAY"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("thinking-both", """{"key":"a","request":{"generationConfig":{§"thinkingConfig":{"thinkingLevel":"LOW","thinkingBudget":1}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("enum-unknown", """{"key":"a","request":{"generationConfig":{"thinkingConfig":{§"thinkingLevel":"NONE"}},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("candidate-count", """{"key":"a","request":{"generationConfig":{§"candidateCount":2},"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("model-unknown", """{"key":"a","request":{§"model":"gemini-99","contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("model-retired", """{"key":"a","request":{§"model":"models/gemini-2.0-flash","contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("model-not-batch", """{"key":"a","request":{§"model":"gemini-embedding-001","contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("embedding-parts-merged", """{"key":"a","request":{"content":{§"parts":[{"text":"x"},{"text":"y"}]}}}""")]
    public async Task A_row_that_breaks_a_rule_is_found_at_its_place_on_both_backends(string rule, string marked)
    {
        int column = marked.IndexOf('§', StringComparison.Ordinal) + 1;
        string row = marked.Replace("§", "", StringComparison.Ordinal);
        foreach (string backend in (string[])["developer", "vertex"])
        {
            List<RequestFinding> findings = await Validating.FindAsync(Good.Replace("\"a\"", "\"first\"", StringComparison.Ordinal) + "\n" + row + "\n", backend);

            RequestFinding finding = Assert.Single(findings, finding => finding.Rule.Id == rule);
            Assert.Equal((2L, column), (finding.Line, finding.Column));
            Assert.Equal(finding.Rule.On(backend), finding.Severity);
            Assert.StartsWith($"line 2{(column == 0 ? "" : $", column {column}")}: ", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("key-missing", RuleSeverity.Error, RuleSeverity.Notice, """{"request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("key-not-text", RuleSeverity.Error, RuleSeverity.Warning, """{"key":7,"request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("key-empty", RuleSeverity.Error, RuleSeverity.Warning, """{"key":" ","request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("parts-not-array", RuleSeverity.Error, RuleSeverity.Notice, """{"key":"a","request":{"contents":[{"parts":{"text":"x"}}]}}""")]
    [InlineData("contents-not-array", RuleSeverity.Error, RuleSeverity.Warning, """{"key":"a","request":{"contents":{"parts":[{"text":"x"}]}}}""")]
    [InlineData("row-member-unknown", RuleSeverity.Warning, RuleSeverity.Off, """{"key":"a","custom_id":"7","request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("column-nested", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","metadata":{"request_id":"7"},"request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("column-array", RuleSeverity.Off, RuleSeverity.Warning, """{"key":"a","pages":[1],"request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("column-name", RuleSeverity.Off, RuleSeverity.Warning, """{"key":"a","2nd page":1,"request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("column-reserved", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","Status":"x","request":{"contents":[{"parts":[{"text":"x"}]}]}}""")]
    [InlineData("empty-object", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","request":{"contents":[{"parts":[{"text":"x"}]}],"tools":[{"googleSearch":{}}]}}""")]
    [InlineData("cached-content", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","request":{"contents":[{"parts":[{"text":"x"}]}],"cachedContent":"cachedContents/x"}}""")]
    [InlineData("label-illegal", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","request":{"contents":[{"parts":[{"text":"x"}]}],"labels":{"custom_id":"A B"}}}""")]
    [InlineData("file-uri-foreign", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"mimeType":"a/b","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/x"}}]}]}}""")]
    [InlineData("file-uri-scheme", RuleSeverity.Error, RuleSeverity.Off, """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"mimeType":"a/b","fileUri":"gs://demo-bucket/x"}}]}]}}""")]
    [InlineData("file-uri-escaped", RuleSeverity.Off, RuleSeverity.Warning, """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"mimeType":"a/b","fileUri":"gs://demo-bucket/a%20b.pdf"}}]}]}}""")]
    [InlineData("file-mime-missing", RuleSeverity.Warning, RuleSeverity.Error, """{"key":"a","request":{"contents":[{"parts":[{"fileData":{"fileUri":"https://example.test/x"}}]}]}}""")]
    [InlineData("embedding-title", RuleSeverity.Warning, RuleSeverity.Off, """{"key":"a","request":{"content":{"parts":[{"text":"x"}]},"title":"x","taskType":"CLUSTERING"}}""")]
    [InlineData("embedding-title", RuleSeverity.Off, RuleSeverity.Warning, """{"key":"a","request":{"content":{"parts":[{"text":"x"}]},"embed_content_config":{"title":"x"}}}""")]
    [InlineData("embedding-config-place", RuleSeverity.Off, RuleSeverity.Error, """{"key":"a","request":{"content":{"parts":[{"text":"x"}]},"output_dimensionality":3}}""")]
    [InlineData("embedding-config-place", RuleSeverity.Error, RuleSeverity.Off, """{"key":"a","request":{"content":{"parts":[{"text":"x"}]},"embed_content_config":{"output_dimensionality":3}}}""")]
    public async Task Backends_differ_in_what_they_take(string rule, RuleSeverity developer, RuleSeverity vertex, string row)
    {
        Assert.Equal(developer, await SeverityAsync("developer"));
        Assert.Equal(vertex, await SeverityAsync("vertex"));

        async Task<RuleSeverity> SeverityAsync(string backend) =>
            (await Validating.FindAsync(row + "\n", backend)).Where(finding => finding.Rule.Id == rule).Select(finding => finding.Severity).FirstOrDefault();
    }

    [Theory]
    [InlineData("model-unknown", "gemini-99", "{")]
    [InlineData("thinking-unsupported", "gemini-3.8-flash", """{"generationConfig":{"thinkingConfig":{"thinkingLevel":"MINIMAL"}},""")]
    [InlineData("thinking-unsupported", "gemini-2.5-pro", """{"generationConfig":{"thinkingConfig":{"thinkingBudget":0}},""")]
    [InlineData("thinking-unsupported", "gemini-2.5-flash", """{"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}},""")]
    [InlineData("sampling-ignored", "gemini-3.5-flash-lite", """{"generationConfig":{"temperature":0},""")]
    [InlineData("sampling-refused", "gemini-3.5-flash-lite", """{"generationConfig":{"presencePenalty":1},""")]
    [InlineData("output-tokens", "gemini-3.8-flash", """{"generationConfig":{"maxOutputTokens":10},""")]
    [InlineData("output-tokens", "gemini-3.8-flash", """{"generationConfig":{"max_output_tokens":100000},""")]
    [InlineData("json-with-tools", "gemini-2.5-flash", """{"generationConfig":{"responseMimeType":"application/json"},"tools":[{"google_search":{"timeRangeFilter":null}}],""")]
    public async Task What_a_model_does_not_take_is_found_where_the_model_is_known(string rule, string model, string beginning)
    {
        string row = "{\"key\":\"a\",\"request\":" + beginning + "\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}\n";

        Assert.Equal([rule], (await Validating.FindAsync(row, "developer", model)).Select(finding => finding.Rule.Id));
        Assert.Empty(await Validating.FindAsync(row, "developer"));
    }

    [Theory]
    [InlineData("inline-data-large", "vertex", null, "\"parts\":[{\"inlineData\":{\"mimeType\":\"a/b\",\"data\":\"A\"}}]", 1_000_001)]
    [InlineData("input-tokens", "developer", "gemini-3.8-flash", "\"parts\":[{\"text\":\"A\"}]", 5_000_000)]
    public async Task What_is_too_large_for_a_row_is_told(string rule, string backend, string? model, string parts, int size)
    {
        string row = "{\"key\":\"a\",\"request\":{\"contents\":[{" + parts + "}]}}\n";

        Assert.Equal([rule], (await Validating.FindAsync(row.Replace("A", new string('A', size), StringComparison.Ordinal), backend, model)).Select(finding => finding.Rule.Id));
        Assert.Empty(await Validating.FindAsync(row, backend, model));
    }

    [Fact]
    public async Task A_task_type_for_a_model_that_takes_none_is_told()
    {
        const string Row = """{"key":"a","request":{"content":{"parts":[{"text":"x"}]},"taskType":"CLUSTERING"}}""";

        Assert.Equal(["embedding-task"], (await Validating.FindAsync(Row + "\n", "developer", "gemini-embedding-2")).Select(finding => finding.Rule.Id));
        Assert.Empty(await Validating.FindAsync(Row + "\n", "developer", "gemini-embedding-001"));
    }

    [Theory]
    [InlineData("""{"responseMimeType":"text/x.enum","responseSchema":{"type":"string","enum":["a"]}}""")]
    [InlineData("""{"responseMimeType":"application/json","responseJsonSchema":{"properties":{"a":{"$ref":"#"}}}}""")]
    public async Task What_is_right_is_not_found(string settings) =>
        Assert.Empty(await Validating.FindAsync("{\"key\":\"a\",\"request\":{\"generationConfig\":" + settings + ",\"tools\":[{\"googleSearch\":{\"timeRangeFilter\":null}},{\"urlContext\":{\"x\":1}}],\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}\n", "vertex"));

    [Fact]
    public async Task Names_of_labels_and_columns_are_measured_whole()
    {
        string row = $$$"""{"key":"a","{{{new string('c', 200)}}}":1,"request":{"contents":[{"parts":[{"text":"x"}]}],"labels":{"{{{new string('l', 63)}}}":"{{{new string('v', 63)}}}"} } }""";

        Assert.Empty(await Validating.FindAsync(row + "\n", "vertex"));
        Assert.Equal(["label-illegal"], (await Validating.FindAsync(row.Replace(new string('l', 63), new string('l', 64), StringComparison.Ordinal) + "\n", "vertex")).Select(finding => finding.Rule.Id));
        RequestFinding column = Assert.Single(await Validating.FindAsync(row.Replace(new string('c', 200), new string('c', 301), StringComparison.Ordinal) + "\n", "vertex"));
        Assert.Equal("column-name", column.Rule.Id);
        Assert.InRange(column.Message.Length, 60, 120);
    }

    [Fact]
    public async Task Names_are_read_with_their_escapes_and_shown_without_control_characters()
    {
        const string Row = """{"\u006bey":"a","request":{"generationConfig":{"responseMimeType":"application/json","responseSchema":{"properties":{"caf\u00e9":{"type":"STRING"}},"required":["café"]}},"contents":[{"parts":[{"text":"x","a\u001bb":1}]}]}}""";

        Assert.Equal(["'a b' is no member of a part."], (await Validating.FindAsync(Row + "\n", "developer")).Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("gemini-99", "model-unknown")]
    [InlineData("gemini-2.0-flash", "model-retired")]
    [InlineData("gemini-embedding-001", "model-not-batch")]
    public async Task A_model_of_the_options_is_told_once_and_not_for_every_row(string model, string rule)
    {
        string file = string.Concat(Enumerable.Range(0, 3).Select(static key => Good.Replace("\"a\"", $"\"{key}\"", StringComparison.Ordinal) + "\n"));

        RequestFinding finding = Assert.Single(await Validating.FindAsync(file, "developer", model));
        Assert.Equal((rule, 1L, 0), (finding.Rule.Id, finding.Line, finding.Column));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_of_more_values_than_are_kept_is_not_checked_and_still_has_to_be_JSON(bool isBroken)
    {
        string values = string.Join(',', Enumerable.Repeat('1', RowTree.MaxValues));
        string file = $$$"""{"key":"a","request":{"x":[{{{values}}}{{{(isBroken ? "" : "]")}}} } }""" + "\n" + Good + "\n";

        Assert.Equal([isBroken ? "json-invalid 1" : "row-unchecked 1"], (await Validating.FindAsync(file, "developer")).Select(finding => $"{finding.Rule.Id} {finding.Line}"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Bytes_are_those_of_the_file_however_its_last_line_ends(string end)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Good + "\r\n\n" + Good + end));

        RequestFileSummary summary = await new RequestFileValidator(new RequestValidationOptions { Backend = "vertex" }).ValidateAsync(file, static _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((2, file.Length), (summary.Rows, summary.Bytes));
    }

    [Fact]
    public async Task Lines_and_the_file_as_a_whole_are_checked_too()
    {
        byte[] file = [.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(Good + "\r\n\n{\"key\":\"b\",\n"), .. "{\"key\":\""u8, 0xFF, .. "\"}\n"u8, .. Encoding.UTF8.GetBytes(Good)];

        List<RequestFinding> findings = await Validating.FindAsync(file, "developer");

        Assert.Equal(
            ["byte-order-mark 1:1", $"carriage-return 1:{Good.Length + 1}", "blank-line 2:0", "json-invalid 3:11", "not-utf8 4:9", "key-duplicate 5:2"],
            findings.Select(finding => $"{finding.Rule.Id} {finding.Line}:{finding.Column}"));
        Assert.Contains("line 1", findings[^1].Message, StringComparison.Ordinal);
        Assert.Equal(["file-empty"], (await Validating.FindAsync("", "vertex")).Select(finding => finding.Rule.Id));
    }

    [Fact]
    public async Task Rows_and_bytes_are_counted_against_the_backend_s_limits()
    {
        using var changes = new MemoryStream("""{"backends":{"vertex":{"jobBytes":100,"rows":{"generation":1}}}}"""u8.ToArray());
        var options = new RequestValidationOptions { Backend = "vertex", Catalogue = GeminiCatalogue.Load(changes) };
        var findings = new List<string>();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Good + "\n" + Good.Replace("\"a\"", "\"b\"", StringComparison.Ordinal) + "\n"));

        RequestFileSummary summary = await new RequestFileValidator(options).ValidateAsync(file, finding => findings.Add(finding.Rule.Id), TestContext.Current.CancellationToken);

        Assert.Equal(["file-too-large", "too-many-rows"], findings);
        Assert.Equal(new RequestFileSummary(2, 2 * (Good.Length + 1), 2, 0, 0), summary);
        Assert.False(summary.IsValid);
    }

    [Fact]
    public async Task Columns_of_mixed_types_and_rows_of_mixed_models_are_told()
    {
        const string Row = """{"key":"K","page":P,"request":{"model":"M","contents":[{"parts":[{"text":"x"}]}]}}""";
        string file = Row.Replace("K", "a", StringComparison.Ordinal).Replace("P", "1", StringComparison.Ordinal).Replace("M", "gemini-3.8-flash", StringComparison.Ordinal) + "\n"
            + Row.Replace("K", "b", StringComparison.Ordinal).Replace("P", "\"2\"", StringComparison.Ordinal).Replace("M", "gemini-3.6-flash", StringComparison.Ordinal) + "\n";

        Assert.Equal(["model-in-row", "model-mixed", "model-in-row", "column-types-mixed"], (await Validating.FindAsync(file, "vertex")).Select(finding => finding.Rule.Id));
    }

    [Fact]
    public async Task A_severity_can_be_changed_and_a_rule_switched_off()
    {
        var options = new RequestValidationOptions { Backend = "developer", Severities = new Dictionary<string, RuleSeverity> { ["key-missing"] = RuleSeverity.Warning, ["blank-line"] = RuleSeverity.Off } };
        using var file = new MemoryStream("""{"request":{"contents":[{"parts":[{"text":"x"}]}]}}"""u8.ToArray().Concat("\n\n"u8.ToArray()).ToArray());

        RequestFileSummary summary = await new RequestFileValidator(options).ValidateAsync(file, static _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (summary.Errors, summary.Warnings));
    }

    [Fact]
    public void Ids_and_severities_are_those_that_were_reviewed() =>
        Snapshot.Matches(string.Join('\n', RequestRules.All.Select(rule => $"{rule.Id} {rule.Developer} {rule.Vertex}")), "RequestRules", "txt");

    [Fact]
    public void Every_rule_has_a_row_that_breaks_it()
    {
        // These are of facts with files of their own.
        string[] others =
        [
            "byte-order-mark", "carriage-return", "blank-line", "json-invalid", "not-utf8", "key-duplicate", "file-empty", "file-too-large", "too-many-rows",
            "model-in-row", "model-mixed", "column-types-mixed", "embedding-task", "row-unchecked",
        ];
        IEnumerable<string> ofRows = typeof(RequestFileValidatorTests).GetMethods()
            .SelectMany(static method => method.GetCustomAttributes<InlineDataAttribute>())
            .SelectMany(static data => data.Data).OfType<string>();

        Assert.Equal([], RequestRules.All.Select(static rule => rule.Id).Except(ofRows).Except(others));
    }

    [Fact]
    public void Rule_ids_are_unique_and_every_rule_says_why_and_what_to_do()
    {
        Assert.Equal(RequestRules.All.Count, RequestRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(RequestRules.All, rule => Assert.True(rule.Reason.EndsWith('.') && rule.Fix.EndsWith('.') && rule.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')));
        Assert.All(RequestRules.All, rule => Assert.True(rule.Developer != RuleSeverity.Off || rule.Vertex != RuleSeverity.Off));
        Assert.Same(RequestRules.Find("key-duplicate"), RequestRules.All.Single(rule => rule.Id == "key-duplicate"));
    }

    [Fact]
    public async Task No_line_however_odd_ends_the_checking()
    {
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++)
        {
            char[] row = Good.ToCharArray();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                row[random.Next(row.Length)] = "{}[]\",:\\019truefalsnull\u00e9\u0000"[random.Next(25)];
            }

            await Validating.FindAsync(new string(row) + "\n", i % 2 == 0 ? "developer" : "vertex");
        }
    }
}
