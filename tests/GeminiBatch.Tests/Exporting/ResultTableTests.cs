using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Tests.Exporting;

/// <summary>What leaves the ledger says what is in it, and comes back as it went.</summary>
public sealed class ResultTableTests
{
    private static readonly ExtractionSchema<Delivery> s_schema = ExtractionSchema.Of<Delivery>();

    private static readonly Delivery[] s_deliveries =
    [
        new("=SUM(A1)", new(2025, 3, 4), new(7, 30), -12.50m, 0.1, long.MaxValue, null, Guid.Parse("5a3b9b1e-6b1c-4d3e-9d61-0f4c2a9a7c11"), new("Ann, \"Sons\"", new("Bern", null)), null, [], null, ""),
        new("'quoted'", new(1999, 12, 31), null, 79228162514264337593543950335m, 1e300, -1, true, null, new(null, null), new(null, null), ["a,b", "=c", ""], new Dictionary<string, int> { ["x,y"] = 1 }, null) { Boxes = 7 },
        new("line\r\nbreak\n", new(2024, 2, 29), new(0, 0), 0.10m, -0.5, 0, false, null, new("", null), new("Bo", new("'s-Gravenhage", 5)), ["\n"], new Dictionary<string, int>(), " "),
        new("-1", new(1, 1, 1), null, 1m, 2, 3, null, null, new("+49 30", new("@home", -4)), new(null, new("", null)), ["ä€漢字"], null, "\t"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_csv_export_reads_back_equal()
    {
        await using var harness = await StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await CompleteAsync(extractor);
        using var file = new MemoryStream();

        Assert.Equal(s_deliveries.Length + 1, await run.WriteCsvAsync(file, Token));

        file.Position = 0;
        var read = new Dictionary<string, Delivery>();
        await foreach (var (id, value) in ResultCsv.ReadAsync<Delivery>(file, Token))
        {
            read.Add(id, value);
        }

        Assert.Equal(s_deliveries.Length, read.Count);
        for (var index = 0; index < s_deliveries.Length; index++)
        {
            Assert.True(s_schema.Comparer.Equals(s_deliveries[index], read[$"d{index}"]), $"{s_schema.Write(s_deliveries[index])} came back as {s_schema.Write(read[$"d{index}"])}");
        }

        var header = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[0];
        Assert.StartsWith("document,key,status,reason,message,status_2,on,at,weight,share,count,checked,reference,sender.name,sender.home.city,sender.home.number,receiver,receiver.name,", header, StringComparison.Ordinal);
        Assert.EndsWith(",repairs,attempts,cost,model,metadata.mixed,metadata.origin,metadata.page", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_integers_holds_all_that_its_field_may_have()
    {
        var columns = new ResultTable(ExtractionSchema.Of<Tally>().Descriptor).FieldColumns.ToList();
        var root = JsonElement.Parse($$"""{"few":-1,"many":{{ulong.MaxValue}},"most":{{UInt128.MaxValue}}}""");

        Assert.Equal([typeof(long), typeof(decimal), typeof(string)], columns.Select(static column => column.Type));
        Assert.Equal([-1L, (decimal)ulong.MaxValue, UInt128.MaxValue.ToString(CultureInfo.InvariantCulture)], columns.Select(column => column.ValueOf(null!, root)));
    }

    [Fact]
    public async Task A_data_reader_fills_a_table_with_typed_columns()
    {
        await using var harness = await StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await CompleteAsync(extractor);
        using var table = new DataTable();

        await using (var reader = run.OpenDataReader(Token))
        {
            table.Load(reader);
        }

        Assert.Equal(s_deliveries.Length + 1, table.Rows.Count);
        var row = table.Rows[0];
        Assert.Equal(("d0", "succeeded", "=SUM(A1)"), (row["document"], row["status"], row["status_2"]));
        Assert.Equal(new DateTime(2025, 3, 4), row["on"]);
        Assert.Equal(new TimeSpan(7, 30, 0), row["at"]);
        Assert.Equal((-12.50m, 0.1, long.MaxValue), (row["weight"], row["share"], row["count"]));
        Assert.Equal(DBNull.Value, row["checked"]);
        Assert.Equal(s_deliveries[0].Reference, row["reference"]);
        Assert.Equal(("Bern", false, "[]"), (row["sender.home.city"], row["receiver"], row["notes"]));
        Assert.True((decimal)row["cost"] > 0);
        Assert.Equal((0L, "inbox"), (row["metadata.page"], row["metadata.origin"]));
        Assert.Equal(("0", "text"), (row["metadata.mixed"], table.Rows[1]["metadata.mixed"]));
        var failed = table.Rows[^1];
        Assert.Equal(("misfit", "failed", "schema_misfit"), (failed["document"], failed["status"], failed["reason"]));
        Assert.Equal((DBNull.Value, DBNull.Value), (failed["weight"], failed["receiver"]));
    }

    [Fact]
    public async Task Json_lines_hold_every_ended_document()
    {
        await using var harness = await StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await CompleteAsync(extractor);
        using var file = new MemoryStream();

        Assert.Equal(s_deliveries.Length + 1, await run.WriteJsonLinesAsync(file, Token));

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)).ToList();
        Assert.Equal(["d0", "d1", "d2", "d3", "misfit"], lines.Select(static line => line.GetProperty("id").GetString()));
        Assert.True(s_schema.Comparer.Equals(s_deliveries[1], s_schema.Parse(lines[1].GetProperty("value").GetRawText()).Value!));
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "no export")]
    [InlineData("document,status,on\r\nd,succeeded,2025-01-01\r\n", "'d'")]
    [InlineData("document,status\r\nd,\"succ", "cut off")]
    public async Task A_file_that_is_no_export_of_the_type_is_refused(string text, string named)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var error = await Assert.ThrowsAsync<FormatException>(async () => await ResultCsv.ReadAsync<Delivery>(file, Token).CountAsync(Token));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_reads_back_as_it_was_written()
    {
        var cells = Gen.Elements(null, "", "a", "=1", "\"", ",", "\r\n", "\n", "ä€", " b ", "'", "a\"b,c", "'\"").ListOf(4);
        Prop.ForAll(cells.ToArbitrary(), row =>
        {
            using var reader = new StringReader(CsvRow.Write(row));
            Assert.Equal(row, Assert.Single(CsvRows.ReadAsync(reader, Token).ToBlockingEnumerable(Token)));
        }).Check(PropertyRounds.Of(100));
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-12", "'-12")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'a", "''a")]
    [InlineData("a=b", "a=b")]
    public void A_text_never_runs_as_a_formula_and_comes_back(string text, string cell)
    {
        Assert.Equal(cell, CsvRow.Text(text));
        Assert.Equal(text, CsvRow.ReadText(cell));
    }

    // The model of these tests answers with what the document says.
    private static Task<PipelineHarness> StartAsync() => PipelineHarness.StartAsync(static options => options with
    {
        Answerer = static (_, request) => request["contents"]![0]!["parts"]!.AsArray()[^1]!["text"]!.GetValue<string>().Split("---")[1],
    });

    private static async Task<ExtractionRun<Delivery>> CompleteAsync(BatchExtractor extractor)
    {
        var documents = s_deliveries.Select(static (delivery, index) => Document($"d{index}", s_schema.Write(delivery), index))
            .Append(Document("misfit", """{"number":"R-1","total":1}""", 9));
        var run = await extractor.OpenAsync<Delivery>("deliveries", documents.ToAsyncEnumerable(), PipelineHarness.Request with { MaxAttempts = 1 }, Token);
        var summary = await run.CompleteAsync(Token);
        Assert.Equal((s_deliveries.Length, 1), (summary.Succeeded, summary.Failed));
        return run;
    }

    private static BatchDocument Document(string id, string answer, int page) => BatchDocument.FromText(id, $"---{answer}---") with
    {
        Metadata = new Dictionary<string, MetadataValue> { ["page"] = page, ["origin"] = "inbox", ["mixed"] = page == 0 ? (MetadataValue)0L : "text" },
    };
}
