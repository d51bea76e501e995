using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Which currency a document is in: by the code printed most, else by sign.</summary>
internal static partial class CurrencyReader
{
    private static readonly string[] Codes =
    [
        "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "CAD", "AUD", "NZD", "JPY", "CNY", "INR", "BRL", "MXN", "ZAR", "SGD", "HKD", "AED", "ILS", "TRY", "ISK", "KRW", "THB",
    ];

    private static readonly (string Sign, string Code)[] Signs =
    [
        ("€", "EUR"), ("£", "GBP"), ("zł", "PLN"), ("Kč", "CZK"), ("Ft", "HUF"), ("¥", "JPY"), ("₹", "INR"), ("R$", "BRL"), ("CA$", "CAD"), ("C$", "CAD"), ("A$", "AUD"), ("$", "USD"), ("Euro", "EUR"), ("Fr.", "CHF"), ("SFr.", "CHF"),
    ];

    private static readonly string[] Words = [.. Codes, "zł", "Kč", "kr", "Ft", "€", "$", "£", "¥", "Euro", "euros", "Fr."];

    public static bool StartsWithCurrency(ReadOnlySpan<char> text)
    {
        foreach (var word in Words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetter(text[word.Length]) || !char.IsLetter(word[^1])))
            {
                return true;
            }
        }

        return false;
    }

    public static bool EndsWithCurrency(ReadOnlySpan<char> text)
    {
        foreach (var word in Words)
        {
            if (text.EndsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetter(text[text.Length - word.Length - 1]) || !char.IsLetter(word[0])))
            {
                return true;
            }
        }

        return false;
    }

    public static string? Read(string document)
    {
        var code = Code().Matches(document).Select(match => match.Value).Where(Codes.Contains).GroupBy(value => value).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        if (code is not null)
        {
            return code;
        }

        foreach (var (sign, meaning) in Signs.OrderByDescending(entry => entry.Sign.Length))
        {
            var isWord = char.IsLetter(sign[0]);
            for (var at = document.IndexOf(sign, StringComparison.Ordinal); at >= 0; at = document.IndexOf(sign, at + 1, StringComparison.Ordinal))
            {
                var end = at + sign.Length;
                if (!isWord || ((at == 0 || !char.IsLetter(document[at - 1])) && (end == document.Length || !char.IsLetter(document[end]))))
                {
                    return meaning;
                }
            }
        }

        return Krone(document);
    }

    // "kr" alone is told apart by how the country writes its tax.
    private static string? Krone(string document) => !Kr().IsMatch(document) ? null
        : document.Contains("moms", StringComparison.OrdinalIgnoreCase) ? (document.Contains("CVR", StringComparison.Ordinal) ? "DKK" : "SEK")
        : document.Contains("mva", StringComparison.OrdinalIgnoreCase) ? "NOK"
        : "SEK";

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Z]{3}(?![\p{L}])")]
    private static partial Regex Code();

    [GeneratedRegex(@"\d ?kr\b|\bkr\.? ?\d", RegexOptions.IgnoreCase)]
    private static partial Regex Kr();
}
