using System.CommandLine;
using System.Globalization;

namespace GeminiBatch.CommandLine.Tests.Commands;

/// <summary>A number on the command line is the same number on every machine.</summary>
public sealed class NumberOptionTests
{
    public static TheoryData<string> Cultures => ["", "de-DE", "fr-FR", "sv-SE", "pt-BR", "ar-SA", "hi-IN"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Amounts_have_a_point_in_every_culture(string culture) => In(culture, () =>
    {
        var option = NumberOption.Amount("--amount", most: 1_000);
        var command = new Command("it") { option };

        Assert.Equal(25.00m, command.Parse(["--amount", "25.00"]).GetValue(option));
        Assert.Equal(0.0005m, command.Parse(["--amount", "0.0005"]).GetValue(option));
        Assert.All((string[])["0,5", "1,500", "1.500.000", "1 000", "-1", "+1", "1e3", "much", "0", "1000.01"], text => Assert.Single(command.Parse(["--amount", text]).Errors));
        Assert.Contains("0.5", command.Parse(["--amount", "0,5"]).Errors[0].Message, StringComparison.Ordinal);
        Assert.Null(command.Parse([]).GetValue(option));
    });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Whole_numbers_are_whole_in_every_culture(string culture) => In(culture, () =>
    {
        var option = NumberOption.Whole("--count", least: -5, most: 1_000);
        var command = new Command("it") { option };

        Assert.Equal(-5, command.Parse(["--count", "-5"]).GetValue(option));
        Assert.All((string[])["1.0", "1,000", "2.5", "1001", "-6", "99999999999"], text => Assert.Single(command.Parse(["--count", text]).Errors));
    });

    private static void In(string culture, Action test)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
