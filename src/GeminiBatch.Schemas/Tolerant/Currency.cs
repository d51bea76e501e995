using System.Globalization;

namespace GeminiBatch;

/// <summary>Currencies in front of or behind an amount.</summary>
internal static class Currency
{
    // ISO 4217 codes of currencies in wide use, and what people write; other words of three letters are no currencies.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "USD", "EUR", "GBP", "JPY", "CNY", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "UAH",
        "INR", "IDR", "MYR", "PHP", "SGD", "THB", "VND", "KRW", "HKD", "TWD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "EGP", "NGN", "KES",
        "MAD", "ILS", "AED", "SAR", "QAR", "KWD", "PKR", "BDT", "LKR", "ISK", "RMB", "Kč", "Kčs", "kr", "zł", "Ft", "Fr", "Rs", "Lei", "Euro", "Euros",
    };

    /// <summary>Takes a currency off an amount.</summary>
    /// <param name="core">The amount.</param>
    /// <param name="english">Set when the currency shows that the comma groups.</param>
    /// <returns>Whether there was one.</returns>
    public static bool Take(ref string core, ref bool english)
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

        if (!char.IsLetter(core[0]) && !char.IsLetter(core[^1]))
        {
            return false;
        }

        int lead = core.TakeWhile(char.IsLetter).Count();
        if (lead > 0 && lead < core.Length && (Words.Contains(core[..lead]) || (lead <= 2 && core[lead] == '$')))
        {
            core = core[lead..].TrimStart('.', ' ');
            return true;
        }

        int tail = core.Reverse().TakeWhile(char.IsLetter).Count();
        if (tail > 0 && tail < core.Length && Words.Contains(core[^tail..]))
        {
            core = core[..^tail].TrimEnd();
            return true;
        }

        return false;
    }
}
