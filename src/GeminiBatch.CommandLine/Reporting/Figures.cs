using System.Globalization;

namespace GeminiBatch;

/// <summary>Numbers for people, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long value, string one, string many) => $"{Count(value)} {(value == 1 ? one : many)}";

    public static string Tokens(long value) => value switch
    {
        < 10_000 => Count(value),
        < 1_000_000 => (value / 1_000d).ToString("0.0", CultureInfo.InvariantCulture) + " k",
        _ => (value / 1_000_000d).ToString("0.00", CultureInfo.InvariantCulture) + " M",
    };

    public static string Dollars(decimal? value) => value switch
    {
        null => "price unknown",
        0 => "$0.00",
        < 0.0001m => "less than $0.0001",
        < 1 => "$" + value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => "$" + value.Value.ToString("N2", CultureInfo.InvariantCulture),
    };

    public static string Share(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Rate(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Time(TimeSpan value) => value.TotalHours >= 1
        ? value.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : value.ToString(@"mm\:ss", CultureInfo.InvariantCulture);
}
