using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>Times of day and lengths of time as people write them.</summary>
internal static partial class HumanTime
{
    public const int LongestText = 64;
    private const int MostDigits = 15;
    private const string Part = @"(?<n>[0-9]+(?:\.[0-9]+)?)\s*(?<u>weeks?|wochen?|w|days?|tage?n?|d|hours?|hrs?|hr|h|stunden?|std\.?|minutes?|minuten?|mins?\.?|milliseconds?|ms|m|seconds?|sekunden?|secs?\.?|s)";
    private const RegexOptions Rules = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    public static HumanMoment ReadTime(string text)
    {
        Match match = text.Length <= LongestText ? Clock().Match(text) : Match.Empty;
        if (!match.Success)
        {
            return default;
        }

        int hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        string half = match.Groups["half"].Value;
        if (half.Length > 0)
        {
            if (hour is < 1 or > 12)
            {
                return default;
            }

            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }
        else if (!match.Groups["m"].Success && !match.Groups["mark"].Success)
        {
            return default;
        }

        string minute = match.Groups["m"].Success ? match.Groups["m"].Value : "00";
        string second = match.Groups["s"].Success ? match.Groups["s"].Value : "00";
        string fraction = match.Groups["f"].Value.TrimEnd('0');
        string wire = $"{hour:00}:{minute}:{second}{(fraction.Length == 0 ? "" : "." + (fraction.Length > 7 ? fraction[..7] : fraction))}";
        return TimeOnly.TryParse(wire, CultureInfo.InvariantCulture, out _) ? HumanMoment.Of(wire) : default;
    }

    public static HumanMoment ReadDuration(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return default;
        }

        if (text[0] is 'P' || text.StartsWith("-P", StringComparison.Ordinal))
        {
            return IsoDuration.TryRead(Encoding.UTF8.GetBytes(text), out _) ? HumanMoment.Of(text) : default;
        }

        if (Columns().IsMatch(text))
        {
            // 1:30:00 is clear; 1:30 may be minutes and seconds, or hours and minutes.
            int colons = text.Count(static c => c == ':');
            if (colons == 1)
            {
                return new HumanMoment(null, "hours and minutes or minutes and seconds");
            }

            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? HumanMoment.Of(IsoDuration.Write(span)) : default;
        }

        Match whole = Whole().Match(text);
        if (!whole.Success)
        {
            return default;
        }

        decimal ticks = 0;
        foreach (Match part in Parts().Matches(whole.Groups["parts"].Value))
        {
            if (part.Groups["n"].Length > MostDigits)
            {
                return default;
            }

            ticks += decimal.Parse(part.Groups["n"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * UnitSeconds(part.Groups["u"].Value) * TimeSpan.TicksPerSecond;
        }

        ticks = whole.Groups["minus"].Success ? -ticks : ticks;
        return ticks is > long.MinValue and < long.MaxValue ? HumanMoment.Of(IsoDuration.Write(TimeSpan.FromTicks((long)ticks))) : default;
    }

    private static decimal UnitSeconds(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        'w' => 604800,
        'd' or 't' or 'j' => 86400,
        'h' or 's' when unit.StartsWith("st", StringComparison.OrdinalIgnoreCase) => 3600,
        'h' => 3600,
        'm' when unit.StartsWith("ms", StringComparison.OrdinalIgnoreCase) || unit.StartsWith("milli", StringComparison.OrdinalIgnoreCase) => 0.001m,
        'm' => 60,
        _ => 1,
    };

    [GeneratedRegex(@"^(?<h>[0-9]{1,2})(?:(?<mark>[:.h]|\s*uhr\s*|\s*h\s*)(?<m>[0-9]{2})?)?(?:[:.](?<s>[0-9]{2})(?:\.(?<f>[0-9]+))?)?\s*(?:(?<half>[ap])\.?m\.?|uhr|h)?$", Rules)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^-?(?:[0-9]+\.)?[0-9]{1,2}(?::[0-9]{2}){1,2}(?:\.[0-9]{1,7})?$", Rules)]
    private static partial Regex Columns();

    [GeneratedRegex("^(?<minus>[-−–]|minus )?(?<parts>(?:" + Part + @")(?:\s*(?:,|&|and|und|et|y|e)?\s*(?:" + Part + "))*)$", Rules)]
    private static partial Regex Whole();

    [GeneratedRegex(Part, Rules)]
    private static partial Regex Parts();
}
