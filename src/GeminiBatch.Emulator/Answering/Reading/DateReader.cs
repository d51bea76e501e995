using System.Globalization;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Reads dates in numbers and in words of a dozen languages. Day and month order is taken from the whole document.</summary>
internal sealed partial class DateReader
{
    private static readonly Dictionary<string, int> Months = ReadMonths(
        "january jan januar janner januari janvier janv gennaio gen enero ene janeiro stycznia styczen sty ledna leden tammikuu januarja",
        "february feb februar februari fevrier fevr fev febbraio febrero febrer fevereiro lutego luty lut unora unor helmikuu",
        "march mar marz maerz mrz maart mars marzo marco marca marzec brezna brezen maaliskuu",
        "april apr avril avr aprile abril abr kwietnia kwiecien kwi dubna duben huhtikuu",
        "may mai mei mayo maggio mag maio maj maja kvetna kveten toukokuu",
        "june jun juni juin giugno giu junio junho czerwca czerwiec cze cervna cerven kesakuu",
        "july jul juli juillet juil luglio lug julio julho lipca lipiec lip cervence cervenec heinakuu",
        "august aug aout agosto ago augustus augusti sierpnia sierpien sie srpna srpen elokuu",
        "september sep sept septembre settembre set septiembre setembro wrzesnia wrzesien wrz zari syyskuu",
        "october oct oktober okt octobre ottobre ott octubre outubro out pazdziernika pazdziernik paz rijna rijen lokakuu",
        "november nov novembre noviembre novembro listopada listopad lis marraskuu",
        "december dec dezember dez desember des decembre dicembre dic diciembre dezembro grudnia grudzien gru prosince prosinec joulukuu");

    private readonly bool monthFirst;

    public DateReader(string document, bool usesDecimalPoint)
    {
        var slashes = Slashed().Matches(document).Select(match => (First: Number(match.Groups[1]), Second: Number(match.Groups[2]))).ToList();
        monthFirst = slashes.Any(pair => pair.Second > 12)
            || (!slashes.Any(pair => pair.First > 12) && usesDecimalPoint && (document.Contains('$', StringComparison.Ordinal) || document.Contains("USD", StringComparison.Ordinal)));
    }

    /// <summary>The dates in a text, left to right.</summary>
    public List<DateToken> Read(string text)
    {
        var found = new List<DateToken>();
        Collect(found, YearFirst().Matches(text), match => Make(match, match.Groups[1], match.Groups[2], match.Groups[3]));
        Collect(found, Slashed().Matches(text), match => monthFirst
            ? Make(match, match.Groups[3], match.Groups[1], match.Groups[2])
            : Make(match, match.Groups[3], match.Groups[2], match.Groups[1]));
        Collect(found, DayFirst().Matches(text), match => Make(match, match.Groups[3], match.Groups[2], match.Groups[1]));
        Collect(found, DayMonthName().Matches(text), match => Make(match, match.Groups[3], match.Groups[2], match.Groups[1]));
        Collect(found, MonthNameDay().Matches(text), match => Make(match, match.Groups[3], match.Groups[1], match.Groups[2]));
        return [.. found.OrderBy(token => token.Start)];
    }

    /// <summary>The text with its dates blanked, so that their numbers are not taken for amounts.</summary>
    public string Blank(string text)
    {
        var dates = Read(text);
        return dates.Count == 0 ? text : string.Create(text.Length, (text, dates), static (blanked, source) =>
        {
            source.text.CopyTo(blanked);
            foreach (var date in source.dates)
            {
                blanked[date.Start..date.End].Fill(' ');
            }
        });
    }

    private static void Collect(List<DateToken> found, MatchCollection matches, Func<Match, DateToken?> read)
    {
        foreach (Match match in matches)
        {
            if (read(match) is { } token && !found.Any(other => token.Start < other.End && other.Start < token.End))
            {
                found.Add(token);
            }
        }
    }

    private static DateToken? Make(Match match, Group year, Group month, Group day)
    {
        var monthNumber = char.IsDigit(month.Value[0]) ? Number(month) : Months.GetValueOrDefault(LabelLexicon.Fold(month.Value));
        var dayNumber = Number(day);
        var yearNumber = year.Success ? Number(year) : 0;
        yearNumber = year.Success && year.Length == 2 ? yearNumber + (yearNumber < 70 ? 2000 : 1900) : yearNumber;
        if (monthNumber is < 1 or > 12 || dayNumber is < 1 or > 31 || (year.Success && yearNumber is < 1900 or > 2199))
        {
            return null;
        }

        var token = new DateToken(yearNumber, monthNumber, dayNumber, match.Index, match.Index + match.Length);
        return yearNumber == 0 || token.Date is not null ? token : null;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Dictionary<string, int> ReadMonths(params string[] names) =>
        names.SelectMany((words, index) => words.Split(' ').Select(word => (word, index + 1))).DistinctBy(pair => pair.word).ToDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    [GeneratedRegex(@"(?<![\d.,/-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d,/-])")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<![\d.,/-])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"(?<![\d.,/-])(\d{1,2})(?:\. ?|-)(\d{1,2})(?:\. ?|-)(\d{4}|\d{2}(?! ?\d))(?![\d-])")]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<![\d.,])(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](?:of |de |d')?(\p{L}{3,})\.?(?:,? ?(?:de |del |-)?(\d{4}))?(?![\d])")]
    private static partial Regex DayMonthName();

    [GeneratedRegex(@"(?<!\p{L})(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?![\d.,:]*\d)")]
    private static partial Regex MonthNameDay();
}
