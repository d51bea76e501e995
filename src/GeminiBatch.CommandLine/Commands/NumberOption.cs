using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GeminiBatch;

/// <summary>Options that are numbers, read the same in every culture: where a point groups digits, <c>25.00</c> would otherwise be 2,500.</summary>
internal static class NumberOption
{
    /// <summary>A positive amount, such as 0.5.</summary>
    public static Option<decimal?> Amount(string name, decimal most) => new(name)
    {
        CustomParser = result => Read(result, text =>
            decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value > 0 && value <= most ? ((decimal?)value, (string?)null) : (null, $"{name} '{text}' is out of range: give more than 0 and at most {most.ToString("N0", CultureInfo.InvariantCulture).Replace(",", "", StringComparison.Ordinal)}.")
                : (null, $"{name} '{text}' is no number. Write it with a point and without grouping, such as {Example(text)}.")),
    };

    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, int least, int most, string[]? aliases = null) => new(name, aliases ?? [])
    {
        CustomParser = result => Read(result, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? ((int?)value, (string?)null)
                : (null, string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is no whole number from {least} to {most}."))),
    };

    private static T? Read<T>(ArgumentResult result, Func<string, (T? Value, string? Error)> read)
        where T : struct
    {
        var (value, error) = read(result.Tokens[^1].Value);
        if (error is not null)
        {
            result.AddError(error);
        }

        return value;
    }

    // Only where it can mean one thing: 0,5 is a half everywhere, 1,500 is not.
    private static string Example(string text) =>
        text.Split(',') is [var whole, var rest] && rest.Length is 1 or 2 && whole.All(char.IsAsciiDigit) && rest.All(char.IsAsciiDigit) ? $"{whole}.{rest}" : "12.50";
}
