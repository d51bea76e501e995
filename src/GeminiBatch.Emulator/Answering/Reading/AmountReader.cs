using System.Globalization;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Reads numbers as people write them: 1,234.56 · 1.234,56 · 1 234,56 · 1'234.50. Which mark is the decimal one is taken from the whole document.</summary>
internal sealed partial class AmountReader
{
    private readonly char decimalMark;

    public AmountReader(string document) =>
        decimalMark = CommaDecimals().Count(document) > PointDecimals().Count(document) ? ',' : '.';

    public bool UsesDecimalPoint => decimalMark == '.';

    /// <summary>The numbers in a text, left to right. Numbers inside codes, dates and damaged words are left out.</summary>
    public List<AmountToken> Read(string text)
    {
        var tokens = new List<AmountToken>();
        foreach (var match in Number().EnumerateMatches(text))
        {
            if (Read(text, match.Index, match.Length) is { } token)
            {
                tokens.Add(token);
            }
        }

        return tokens;
    }

    public decimal? ReadOne(string text) => Read(text) is [var token, ..] ? token.Value : null;

    private AmountToken? Read(string text, int start, int length)
    {
        var end = start + length;
        if (IsInsideWord(text, start, end))
        {
            return null;
        }

        var digits = text.AsSpan(start, length);
        if (!decimal.TryParse(Normalise(digits, out var hasDecimals), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var before = start;
        while (before > 0 && text[before - 1] is ' ' or '$' or '€' or '£' or '¥' && !(text[before - 1] == ' ' && before > 1 && text[before - 2] == ' '))
        {
            before--;
        }

        var signAt = before > 0 && IsSign(text[before - 1]) ? before - 1 : -1;
        var isNegative = signAt >= 0 && (signAt == 0 || !char.IsLetterOrDigit(text[signAt - 1])) && (signAt == before - 1) && IsCloseSign(text, signAt, start)
            || (end < text.Length && IsSign(text[end]) && (end + 1 == text.Length || text[end + 1] == ' '))
            || (start > 0 && text[start - 1] == '(' && end < text.Length && text[end] == ')' && hasDecimals);
        var after = text.AsSpan(end).TrimStart(' ');
        var isPercent = after.StartsWith("%");
        var hasCurrency = text.AsSpan(before, start - before).IndexOfAny("$€£¥") >= 0 || CurrencyReader.StartsWithCurrency(after) || CurrencyReader.EndsWithCurrency(text.AsSpan(0, before).TrimEnd());
        return new AmountToken(isNegative ? -value : value, start, end, hasDecimals, isPercent, hasCurrency);
    }

    private static bool IsSign(char letter) => letter is '-' or '\u2212' or '\u2013';

    // A minus touches its number or currency sign; a dash between words has spaces on both sides.
    private static bool IsCloseSign(string text, int sign, int start) => sign + 1 == start || text[sign + 1] != ' ';

    private static bool IsInsideWord(string text, int start, int end)
    {
        if (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '#' or '~' or '_' or '.' or ',' or ':' && char.IsDigit(text[start])))
        {
            var glued = text[start - 1];
            if (glued is not (',' or ':' or '.') || (start > 1 && char.IsLetterOrDigit(text[start - 2]) && glued != ':'))
            {
                return true;
            }
        }

        if (start > 1 && text[start - 1] is '/' or '-' && char.IsLetterOrDigit(text[start - 2]))
        {
            return true;
        }

        return end < text.Length
            && (char.IsLetter(text[end]) || text[end] is '#' or '~' or '_' || (text[end] is '/' or '-' or ':' && end + 1 < text.Length && char.IsDigit(text[end + 1])));
    }

    private string Normalise(ReadOnlySpan<char> number, out bool hasDecimals)
    {
        var last = number.LastIndexOfAny('.', ',');
        hasDecimals = false;
        if (last >= 0)
        {
            var mark = number[last];
            var fraction = number.Length - last - 1;
            var alone = number[..last].IndexOf(mark) < 0;
            hasDecimals = alone && fraction > 0 && (fraction != 3 || mark == decimalMark || number[..last].SequenceEqual("0") || number[..last].IndexOfAny('.', ',') >= 0);
        }

        var normal = new System.Text.StringBuilder(number.Length);
        for (var index = 0; index < number.Length; index++)
        {
            if (char.IsAsciiDigit(number[index]))
            {
                normal.Append(number[index]);
            }
            else if (hasDecimals && index == last)
            {
                normal.Append('.');
            }
        }

        return normal.ToString();
    }

    [GeneratedRegex(@"\d{1,3}(?:['’]\d{3})+(?:[.,]\d{1,4})?|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d{1,3}(?: \d{3})+(?:[.,]\d{1,4})?(?![\d,.]*\d)|\d+(?:[.,]\d{1,4})?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\d,\d{2}(?![\d.,])")]
    private static partial Regex CommaDecimals();

    [GeneratedRegex(@"\d\.\d{2}(?![\d.,])")]
    private static partial Regex PointDecimals();
}
