using Spectre.Console;

namespace GeminiBatch.CommandLine.Tests.Reporting;

public sealed class TextTableTests
{
    [Fact]
    public void No_line_is_wider_than_the_terminal()
    {
        var table = Table();
        for (var width = 20; width <= 200; width++)
        {
            Assert.All(table.Render(width), line => Assert.True(Markup.Remove(line).GetCellWidth() <= width, $"{width}: {line}"));
        }
    }

    [Fact]
    public void The_least_important_columns_go_first()
    {
        Assert.Contains("amount", Table().Render(50).First(), StringComparison.Ordinal);
        Assert.DoesNotContain("remark", Table().Render(50).First(), StringComparison.Ordinal);
        Assert.Contains("remark", Table().Render(200).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_never_cut_and_stand_at_the_right()
    {
        var lines = Table().Render(40).Select(Markup.Remove).ToList();

        Assert.EndsWith("     12.00", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("1,234,567.00", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_and_control_characters_of_documents_stay_text()
    {
        var table = new TextTable();
        table.AddColumn("text");
        table.AddRow(["[red]\u001b[31mx\nnext"]);

        Assert.Equal("[red][31mx next", Markup.Remove(table.Render(80).Last()));
    }

    [Fact]
    public void An_optional_column_never_makes_another_one_shrink()
    {
        var table = new TextTable();
        table.AddColumn("document");
        table.AddColumn("remark", importance: 1, optional: true);
        table.AddRow(["a-document-name-of-thirty-chars", "ten chars."]);

        Assert.DoesNotContain("remark", table.Render(42).First(), StringComparison.Ordinal);
        Assert.Contains("remark", table.Render(43).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_remark_goes_over_all_columns_but_the_first()
    {
        var table = Table();
        table.AddRemark("c.txt", "failed: [truncated] and some more words than there is room for at all", "red");

        var line = Markup.Remove(table.Render(60).Last());

        Assert.StartsWith("c.txt  ", line, StringComparison.Ordinal);
        Assert.Contains("failed: [truncated]", line, StringComparison.Ordinal);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
        Assert.True(line.GetCellWidth() <= 60, line);
    }

    private static TextTable Table()
    {
        var table = new TextTable();
        table.AddColumn("document");
        table.AddColumn("remark", importance: 3);
        table.AddColumn("supplier", importance: 2);
        table.AddColumn("amount", right: true, importance: 1);
        table.AddRow(["a-very-long-document-name-that-needs-room.txt", "first", "株式会社サンプル商事", "12.00"]);
        table.AddRow(["b.txt", "a remark of some length that nobody needs", "Hall & Sons", "1,234,567.00"]);
        return table;
    }
}
