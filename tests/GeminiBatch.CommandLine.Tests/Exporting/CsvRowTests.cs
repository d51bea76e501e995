using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace GeminiBatch.CommandLine.Tests.Exporting;

public sealed class CsvRowTests
{
    [Fact]
    public void Every_row_reads_back_as_it_was_written()
    {
        var cells = Gen.Elements("", "a", "=1", "\"", ",", "\r\n", "\n", "ä€", " b ", "'", "a\"b,c").ListOf(4);
        Prop.ForAll(cells.ToArbitrary(), row => Assert.Equal(row, Assert.Single(CsvReader.Read(CsvRow.Write(row))))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("\"=HYPERLINK(1)\"", "'=HYPERLINK(1)")]
    [InlineData("\"+49 30\"", "'+49 30")]
    [InlineData("\"-12\"", "'-12")]
    [InlineData("\"@x\"", "'@x")]
    [InlineData("\"\\tx\"", "'\tx")]
    [InlineData("\"a=b\"", "a=b")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("null", "")]
    [InlineData("true", "true")]
    [InlineData("[{\"a\":1}]", "[{\"a\":1}]")]
    public void A_text_never_runs_as_a_formula_and_a_number_stays_a_number(string json, string cell) =>
        Assert.Equal(cell, CsvRow.Value(JsonElement.Parse(json)));
}
