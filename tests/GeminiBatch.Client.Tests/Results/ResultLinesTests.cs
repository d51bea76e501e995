using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Client.Tests.Files;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Results;

/// <summary>Protocol 1.7: a result file is lines of JSON, of any length.</summary>
public sealed class ResultLinesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("\n\na\n \nb\n\n", new[] { "a", "b" })]
    [InlineData("\uFEFFa\nb\n", new[] { "a", "b" })]
    public async Task Lines_are_split(string content, string[] expected) => Assert.Equal(expected, await SplitAsync(content, atMost: 1));

    [Fact]
    public async Task A_line_of_megabytes_arrives_whole_and_so_does_the_next()
    {
        string wide = new('x', 5_000_000);

        Assert.Equal([wide, "b", wide, "c"], await SplitAsync($"{wide}\nb\n{wide}\nc", atMost: 10_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(100_000)]
    public async Task Of_a_line_that_is_no_row_only_the_beginning_is_kept(int atMost)
    {
        string endless = new('x', 50_000);

        List<string> lines = await SplitAsync($"a\n{endless}\nb\n{endless}", atMost, longestLine: 2_000);

        Assert.Equal(["a", endless[..1024], "b", endless[..1024]], lines);
    }

    [Fact]
    public void Any_lines_in_any_portions_come_out_as_they_went_in()
    {
        Gen<(string[] Lines, int AtMost)> cases =
            from lines in Gen.Choose(1, 300).Select(length => new string('é', length)).ArrayOf()
            from atMost in Gen.Choose(1, 500)
            select (lines, atMost);

        Prop.ForAll(cases.ToArbitrary(), sample =>
            SplitAsync(string.Join('\n', sample.Lines), sample.AtMost).GetAwaiter().GetResult().SequenceEqual(sample.Lines)).Check(PropertyRounds.Of(100));
    }

    private static async Task<List<string>> SplitAsync(string content, int atMost, int longestLine = ResultLines.LongestLine)
    {
        using var stream = new UnseekableStream(Encoding.UTF8.GetBytes(content), atMost);
        List<string> lines = [];
        await foreach (ReadOnlyMemory<byte> line in ResultLines.ReadAsync(stream, longestLine, TestContext.Current.CancellationToken))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
