using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>A number as people write it.</summary>
/// <param name="Text">The number in JSON's grammar; null when it is none or ambiguous.</param>
/// <param name="Ambiguity">Both readings, when there are two.</param>
internal readonly record struct HumanNumber(string? Text, string? Ambiguity)
{
    private const int LongestText = 100;

    // ISO 4217 codes of currencies in wide use; other three-letter words are no currencies.
    private static readonly HashSet<string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "USD", "EUR", "GBP", "JPY", "CNY", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "UAH",
        "INR", "IDR", "MYR", "PHP", "SGD", "THB", "VND", "KRW", "HKD", "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "EGP", "NGN", "KES",
        "MAD", "ILS", "AED", "SAR", "QAR", "KWD", "PKR", "BDT", "LKR", "ISK", "RMB", "Kč", "Kčs", "kr", "zł", "Ft", "Fr", "Rs", "Lei", "Euro", "Euros",
    };

    private static readonly string[] Approximations = ["approximately", "approx.", "approx", "about", "around", "circa", "ca.", "ca", "c.", "~", "≈", "roughly", "etwa", "env."];

    public static HumanNumber Read(string text, bool whole, bool percentIsMeant, CultureInfo? culture)
    {
        if (text.Length > LongestText)
        {
            return NumberText.IsJson(Encoding.UTF8.GetBytes(text.Trim())) ? new HumanNumber(text.Trim(), null) : default;
        }

        string core = Plain(text);
        if (NumberText.IsJson(Encoding.ASCII.GetBytes(core)) && (culture is null || !core.Contains('.', StringComparison.Ordinal)) && !LooksGrouped(core))
        {
            return new HumanNumber(core, null);
        }

        bool negative = false;
        bool percent = false;
        bool english = false;
        if (core.Length > 2 && core[0] == '(' && core[^1] == ')')
        {
            negative = true;
            core = core[1..^1].Trim();
        }

        for (bool more = true; more;)
        {
            more = TakeSign(ref core, ref negative) || TakePercent(ref core, ref percent) || TakeCurrency(ref core, ref english) || TakeWord(ref core);
        }

        HumanNumber number = Separators.Read(core, negative, whole, english, culture);
        if (number == default && culture is not null)
        {
            number = Separators.Read(core, negative, whole, english, culture: null);
        }

        if (percent && number.Text is not null && !percentIsMeant)
        {
            return new HumanNumber(null, $"{number.Text} or {number.Text} hundredths");
        }

        return number;
    }

    // White space and signs in the forms that typesetting gives them.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text.Trim())
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

    private static bool TakeCurrency(ref string core, ref bool english)
    {
        if (core.Length < 2)
        {
            return false;
        }

        if (char.GetUnicodeCategory(core[0]) == UnicodeCategory.CurrencySymbol)
        {
            english |= core[0] is '$' or '£';
            core = core[1..].TrimStart();
            return true;
        }

        if (char.GetUnicodeCategory(core[^1]) == UnicodeCategory.CurrencySymbol)
        {
            english |= core[^1] is '$' or '£';
            core = core[..^1].TrimEnd();
            return true;
        }

        int lead = core.TakeWhile(char.IsLetter).Count();
        if (lead > 0 && lead < core.Length && (Currencies.Contains(core[..lead]) || (lead <= 2 && core[lead] == '$')))
        {
            core = core[lead..].TrimStart('.', ' ');
            return true;
        }

        int tail = core.Reverse().TakeWhile(char.IsLetter).Count();
        if (tail > 0 && tail < core.Length && Currencies.Contains(core[^tail..]))
        {
            core = core[..^tail].TrimEnd();
            return true;
        }

        return false;
    }

    private static bool TakeWord(ref string core)
    {
        foreach (string word in Approximations)
        {
            if (core.Length > word.Length && core.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(core[word.Length]))
            {
                core = core[word.Length..].TrimStart();
                return true;
            }
        }

        return false;
    }
}
