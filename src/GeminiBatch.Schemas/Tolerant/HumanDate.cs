using System.Globalization;
using System.Text.RegularExpressions;

namespace GeminiBatch;

/// <summary>Dates as people write them. What could be two dates is none.</summary>
internal static partial class HumanDate
{
    private const int LongestText = 64;
    private const RegexOptions Rules = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly string[] Ordinals = ["st", "nd", "rd", "th", "er", "e", "º", "ª"];

    public static HumanMoment ReadDate(string text, CultureInfo? culture)
    {
        if (text.Length > LongestText)
        {
            return default;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return HumanMoment.Of(text);
        }

        if (HasMonth(text))
        {
            return ReadNamed(text);
        }

        // A time that only repeats midnight, or a time of that day, does not change the date.
        Match stamp = DateOfStamp().Match(text);
        if (stamp.Success && DateOnly.TryParseExact(stamp.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return HumanMoment.Of(Wire(day));
        }

        return ReadNumeric(text, culture) is { } numeric ? numeric : ReadNamed(text);
    }

    public static HumanMoment ReadDateTime(string text, bool needsOffset, CultureInfo? culture)
    {
        if (text.Length > LongestText)
        {
            return default;
        }

        Match match = Stamp().Match(text);
        string datePart = match.Success ? match.Groups["date"].Value : text;
        HumanMoment date = ReadDate(datePart.Trim().TrimEnd(','), culture);
        if (date.Text is null)
        {
            return date;
        }

        if (!match.Success)
        {
            return needsOffset ? default : HumanMoment.Of(date.Text + "T00:00:00");
        }

        HumanMoment time = HumanTime.ReadTime(match.Groups["time"].Value);
        string offset = match.Groups["offset"].Value.Trim();
        if (time.Text is null || (needsOffset && offset.Length == 0))
        {
            return default;
        }

        string zone = offset.ToUpperInvariant() switch
        {
            "" => "",
            "Z" or "UTC" or "GMT" => "Z",
            { Length: 3 } hours => hours + ":00",
            { Length: 5 } packed when !packed.Contains(':', StringComparison.Ordinal) => packed[..3] + ":" + packed[3..],
            { } whole => whole,
        };
        string wire = $"{date.Text}T{time.Text}{zone}";
        return DateTimeOffset.TryParse(wire, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? HumanMoment.Of(wire) : default;
    }

    // Three letters in a row: a month has a name.
    private static bool HasMonth(string text)
    {
        int letters = 0;
        foreach (char c in text)
        {
            letters = char.IsLetter(c) ? letters + 1 : 0;
            if (letters == 3)
            {
                return true;
            }
        }

        return false;
    }

    private static HumanMoment? ReadNumeric(string text, CultureInfo? culture)
    {
        Match match = Numeric().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string mark = match.Groups[2].Value;
        int[] parts = [Number(match.Groups[1]), Number(match.Groups[3]), Number(match.Groups[4])];
        int[] widths = [match.Groups[1].Length, match.Groups[3].Length, match.Groups[4].Length];
        if (widths[0] == 4)
        {
            return Date(parts[0], parts[1], parts[2]) is { } day ? HumanMoment.Of(Wire(day)) : default(HumanMoment);
        }

        if (widths[2] != 4)
        {
            return culture is null ? new HumanMoment(null, "a year first or a year last") : OfCulture(parts, culture);
        }

        if (culture is not null)
        {
            return OfCulture(parts, culture);
        }

        DateOnly? dayFirst = Date(parts[2], parts[1], parts[0]);
        DateOnly? monthFirst = mark == "." ? null : Date(parts[2], parts[0], parts[1]);
        return (dayFirst, monthFirst) switch
        {
            ({ } day, { } month) when day != month => new HumanMoment(null, $"{Wire(day)} or {Wire(month)}"),
            ({ } day, _) => HumanMoment.Of(Wire(day)),
            (_, { } month) => HumanMoment.Of(Wire(month)),
            _ => default(HumanMoment),
        };
    }

    private static HumanMoment OfCulture(int[] parts, CultureInfo culture)
    {
        string pattern = culture.DateTimeFormat.ShortDatePattern;
        (int At, char What)[] order = [(pattern.IndexOf('d', StringComparison.Ordinal), 'd'), (pattern.IndexOf('M', StringComparison.Ordinal), 'M'), (pattern.IndexOf('y', StringComparison.Ordinal), 'y')];
        Array.Sort(order);
        int Part(char what) => parts[Array.FindIndex(order, part => part.What == what)];
        int year = Part('y');
        year = year < 100 ? culture.Calendar.ToFourDigitYear(year) : year;
        return Date(year, Part('M'), Part('d')) is { } day ? HumanMoment.Of(Wire(day)) : default;
    }

    // "4 March 2026", "March 4th, 2026", "mercredi 4 mars 2026", "4. März 2026", "4 de marzo de 2026".
    private static HumanMoment ReadNamed(string text)
    {
        int month = 0;
        int day = 0;
        int year = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            if (char.IsAsciiDigit(text[at]))
            {
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                string word = text[at..end];
                if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    return default;
                }

                at = end + OrdinalLength(text, end);
                if (word.Length == 4 && char.IsAsciiDigit(word[3]) && year == 0)
                {
                    year = number;
                }
                else if (day == 0 && number is >= 1 and <= 31)
                {
                    day = number;
                }
                else
                {
                    return default;
                }
            }
            else if (char.IsLetter(text[at]))
            {
                while (end < text.Length && char.IsLetter(text[end]))
                {
                    end++;
                }

                int found = MonthNames.Find(text[at..end]);
                if ((found > 0 && month > 0) || (found == 0 && !MonthNames.IsFiller(text[at..end])))
                {
                    return default;
                }

                month = found > 0 ? found : month;
                at = end;
            }
            else
            {
                at++;
            }
        }

        return month > 0 && day > 0 && year > 0 && Date(year, month, day) is { } date ? HumanMoment.Of(Wire(date)) : default;
    }

    // 4th, 1er, 4º.
    private static int OrdinalLength(string text, int at)
    {
        int end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> ending = text.AsSpan(at, end - at);
        foreach (string ordinal in Ordinals)
        {
            if (ending.Equals(ordinal, StringComparison.OrdinalIgnoreCase))
            {
                return ordinal.Length;
            }
        }

        return 0;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static string Wire(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?$", Rules)]
    private static partial Regex DateOfStamp();

    [GeneratedRegex(@"^([0-9]{1,4})\s*([./-])\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,4})\.?$", Rules)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(?<date>.*?[0-9])(?:T|,?\s+(?:at\s+|um\s+)?)(?<time>[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?(?:\s*[ap]\.?m\.?)?)\s*(?<offset>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?$", Rules)]
    private static partial Regex Stamp();
}
