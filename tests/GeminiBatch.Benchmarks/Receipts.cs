using System.Globalization;
using System.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>The documents that are measured with: some 1.5 kB each, as a receipt of twenty lines has.</summary>
internal static class Receipts
{
    public static ExtractionRequest Request { get; } = new() { Prompt = "Extract the receipt.", Model = GeminiModels.Flash35Lite };

    public static ExtractionSchema Schema { get; } = ExtractionSchema.FromJsonSchema(
        "Receipt", """{"type":"object","properties":{"number":{"type":"string"},"total":{"type":"number"}},"required":["number","total"]}"""u8);

    public static IAsyncEnumerable<BatchDocument> Documents(int count) =>
        Enumerable.Range(0, count).Select(static number => BatchDocument.FromText(Id(number), Text(number))).ToAsyncEnumerable();

    public static string Text(int number)
    {
        var text = new StringBuilder(2_048);
        text.Append(CultureInfo.InvariantCulture, $"Receipt number: R-{number}\n");
        for (var line = 0; line < 20; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line + 1,3}  Article {(number * 31) + line:D9} of the catalogue, assorted   {line * 1.25m,10:0.00}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Total: {number * 1.25m:0.00}\n").ToString();
    }

    /// <summary>A result row as the Developer API writes it.</summary>
    public static string ResultLine(string key) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"response":{"candidates":[{"content":{"parts":[{"text":"{\"number\":\"R-{{{key}}}\",\"total\":{{{key.Length}}}.25}"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":612,"candidatesTokenCount":18,"totalTokenCount":630,"promptTokensDetails":[{"modality":"TEXT","tokenCount":612}]},"modelVersion":"gemini-3.5-flash-lite","responseId":"{{{key}}}"},"key":"{{{key}}}"}""");

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"inbox/{number / 1_000:D4}/receipt-{number:D8}.txt");
}
