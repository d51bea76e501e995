using System.Globalization;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class SampleInvoiceTests(ITestOutputHelper output)
{
    internal const string Schema = """
        {"type":"OBJECT","properties":{
          "number":{"type":"STRING","description":"The invoice, receipt or credit note number exactly as printed."},
          "issuedOn":{"type":"STRING","format":"date","description":"The date of issue."},
          "dueOn":{"type":"STRING","format":"date","nullable":true,"description":"The last day for payment; null when none is printed."},
          "supplier":{"type":"STRING"},"customer":{"type":"STRING","nullable":true},
          "vatId":{"type":"STRING","nullable":true},
          "currency":{"type":"STRING","enum":["EUR","USD","GBP","CHF","SEK","NOK","PLN","CZK","CAD"]},
          "net":{"type":"NUMBER","nullable":true},"tax":{"type":"NUMBER","nullable":true},"total":{"type":"NUMBER"},
          "lines":{"type":"ARRAY","items":{"type":"OBJECT","properties":{
            "text":{"type":"STRING"},"unitPrice":{"type":"NUMBER","nullable":true},"amount":{"type":"NUMBER"},"quantity":{"type":"NUMBER"}},
            "required":["text","unitPrice","amount"]}}},
         "required":["number","issuedOn","dueOn","supplier","customer","vatId","currency","net","tax","total","lines"]}
        """;

    [Fact]
    public void Nine_in_ten_fields_of_the_sample_invoices_are_read_right()
    {
        var folder = Path.Combine(SourceTree.Root, "samples", "Invoices", "documents");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is absent.");
        var schema = AnswerSchemaReader.Read(JsonNode.Parse(Schema)!);
        int right = 0, all = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var expected = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(path, ".expected.json")))!;
            var found = SchemaFiller.Fill(schema, File.ReadAllText(path))!;
            Compare(Path.GetFileNameWithoutExtension(path), "$", expected, found, ref right, ref all);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} of {all} = {100.0 * right / all:F1} %"));
        Assert.True(right >= all * 0.9, $"{right} of {all}");
    }

    private void Compare(string document, string path, JsonNode? expected, JsonNode? found, ref int right, ref int all)
    {
        switch (expected)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Compare(document, path + "." + name, value, found is JsonObject other && other.TryGetPropertyValue(name, out var member) ? member : name == "quantity" ? JsonValue.Create(1) : null, ref right, ref all);
                }

                return;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    Compare(document, $"{path}[{index}]", items[index], found is JsonArray list && index < list.Count ? list[index] : null, ref right, ref all);
                }

                return;
        }

        all++;
        if (Same(expected, found))
        {
            right++;
        }
        else
        {
            output.WriteLine($"{document} {path}: expected {expected?.ToJsonString()} found {found?.ToJsonString()}");
        }
    }

    private static bool Same(JsonNode? expected, JsonNode? found) =>
        expected is null || found is null ? expected is null && found is null
        : expected.GetValueKind() == System.Text.Json.JsonValueKind.Number ? found.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.Parse(expected.ToJsonString(), CultureInfo.InvariantCulture) == decimal.Parse(found.ToJsonString(), CultureInfo.InvariantCulture)
        : string.Equals(string.Join(' ', expected.ToString().Split()), string.Join(' ', found.ToString().Split()), StringComparison.Ordinal);
}
