using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GeminiBatch;

/// <summary>How a number in text is read.</summary>
/// <param name="Whole">Whether only whole numbers are expected.</param>
/// <param name="PercentIsMeant">Whether a percent sign says nothing new.</param>
/// <param name="Loose">Whether separators of the culture may stand anywhere.</param>
/// <param name="Sentences">Whether the only number of a sentence counts.</param>
/// <param name="Culture">The culture that decides; null when it is not known.</param>
internal readonly record struct NumberRules(bool Whole, bool PercentIsMeant, bool Loose, bool Sentences, CultureInfo? Culture);

/// <summary>A number as people write it.</summary>
/// <param name="Text">The number in JSON's grammar; null when it is none or ambiguous.</param>
/// <param name="Ambiguity">Both readings, when there are two.</param>
internal readonly partial record struct HumanNumber(string? Text, string? Ambiguity)
{
    private const int LongestText = 100;
    private const int LongestSentence = 100_000;

    // A parenthesis around a longer or grouped number is bookkeeping's minus; around a short one it may be a note's mark.
    private const int LongestMark = 2;

    public static HumanNumber Read(string text, in NumberRules rules)
    {
        if (text.Length > LongestText)
        {
            return NumberText.IsJson(Encoding.UTF8.GetBytes(text.Trim())) ? new HumanNumber(text.Trim(), null)
                : rules.Sentences && text.Length <= LongestSentence ? InSentence(Plain(text), rules) : default;
        }

        string core = Plain(text);
        Span<byte> ascii = stackalloc byte[LongestText];
        if (NumberText.IsJson(ascii[..Encoding.ASCII.GetBytes(core, ascii)]) && (rules.Culture is null || !core.Contains('.', StringComparison.Ordinal)) && !LooksGrouped(core))
        {
            return new HumanNumber(core, null);
        }

        HumanNumber number = Alone(core, rules);
        return number == default && rules.Sentences ? InSentence(core, rules) : number;
    }

    private static HumanNumber Alone(string core, in NumberRules rules)
    {
        bool negative = false;
        bool percent = false;
        bool english = false;
        if (core.Length > 2 && core[0] == '(' && core[^1] == ')')
        {
            core = core[1..^1].Trim();
            if (core.Length <= LongestMark && core.All(char.IsAsciiDigit))
            {
                return new HumanNumber(null, $"{core} or -{core}");
            }

            negative = true;
        }

        for (bool more = true; more;)
        {
            more = TakeSign(ref core, ref negative) || TakePercent(ref core, ref percent) || Currency.Take(ref core, ref english) || TakeWord(ref core);
        }

        HumanNumber number = Fraction(core, negative, rules) ?? Separators.Read(core, negative, english, rules);
        return percent && number.Text is not null && !rules.PercentIsMeant ? new HumanNumber(null, $"{number.Text} or {number.Text} hundredths") : number;
    }

    // 1/5 and 2 1/2: a part of a whole where a number may have a fraction.
    private static HumanNumber? Fraction(string core, bool negative, in NumberRules rules)
    {
        if (rules.Whole || core.AsSpan().IndexOfAny('/', '⁄') < 0 || Quotient().Match(core) is not { Success: true } match)
        {
            return null;
        }

        decimal whole = match.Groups["whole"].Success ? decimal.Parse(match.Groups["whole"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        decimal top = decimal.Parse(match.Groups["top"].ValueSpan, CultureInfo.InvariantCulture);
        decimal bottom = decimal.Parse(match.Groups["bottom"].ValueSpan, CultureInfo.InvariantCulture);
        if (bottom == 0 || (match.Groups["whole"].Success && top >= bottom))
        {
            return default(HumanNumber);
        }

        decimal value = whole + (top / bottom);
        return new HumanNumber((negative ? -value : value).ToString(CultureInfo.InvariantCulture), null);
    }

    // "You owe $3,000 for the service": the one number that a sentence holds.
    private static HumanNumber InSentence(string text, in NumberRules rules)
    {
        MatchCollection found = Mention().Matches(text);
        return found.Count == 1 ? Alone(found[0].Value.TrimEnd('.', ',').Trim(), rules) : default;
    }

    // White space and signs in the forms that typesetting gives them.
    private static string Plain(string text)
    {
        text = text.Trim();
        if (Ascii.IsValid(text) && !text.Contains('`', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            plain.Append(c switch
            {
                '−' or '–' or '‐' or '‑' or '﹣' or '－' => '-',
                '\u00A0' or '\u202F' or '\u2009' or '\u2007' or '\u2002' or '\u2003' => ' ',
                '’' or '‘' or '´' or '`' => '\'',
                '٫' => '.',
                '٬' => ',',
                >= '０' and <= '９' => (char)(c - '０' + '0'),
                _ => c,
            });
        }

        return plain.ToString();
    }

    // "1.234": one point, three digits behind it, at most three before it.
    private static bool LooksGrouped(string core)
    {
        int point = core.IndexOf('.', StringComparison.Ordinal);
        string before = point < 0 ? "" : core[..point].TrimStart('-');
        return point >= 0 && core.Length - point == 4 && before.Length is >= 1 and <= 3 && before[0] != '0' && core[(point + 1)..].All(char.IsAsciiDigit);
    }

    private static bool TakeSign(ref string core, ref bool negative)
    {
        if (core.Length > 1 && core[0] is '-' or '+')
        {
            bool minus = core[0] == '-';
            if (minus && negative)
            {
                return false;
            }

            negative |= minus;
            core = core[1..].TrimStart();
            return true;
        }

        // A trailing minus is bookkeeping's; a trailing ",-" or ".-" means that there are no cents.
        if (core.Length > 2 && core[^1] == '-' && core[^2] is ',' or '.')
        {
            core = core[..^2];
            return true;
        }

        if (core.Length > 1 && core[^1] == '-' && char.IsAsciiDigit(core[^2]) && !negative)
        {
            negative = true;
            core = core[..^1];
            return true;
        }

        return false;
    }

    private static bool TakePercent(ref string core, ref bool percent)
    {
        if (percent || core.Length < 2 || core[^1] != '%')
        {
            return false;
        }

        percent = true;
        core = core[..^1].TrimEnd();
        return true;
    }

    private static bool TakeWord(ref string core)
    {
        if (core.Length == 0 || !(char.IsAsciiLetter(core[0]) || core[0] is '~' or '≈'))
        {
            return false;
        }

        foreach (string word in (ReadOnlySpan<string>)["approximately", "approx.", "approx", "about", "around", "circa", "ca.", "ca", "c.", "~", "≈", "roughly", "etwa", "env."])
        {
            if (core.Length > word.Length && core.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(core[word.Length]))
            {
                core = core[word.Length..].TrimStart();
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^(?:(?<whole>[0-9]{1,9}) )?(?<top>[0-9]{1,9}) ?[/⁄] ?(?<bottom>[0-9]{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Quotient();

    [GeneratedRegex(@"(?:[-+]\s?)?\p{Sc}?(?:[-+])?[0-9.,]*[0-9][0-9.,]*(?:e[-+]?[0-9]+)?\s?(?:\p{Sc}|%)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Mention();
}
