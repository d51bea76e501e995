using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Reads items without a table: "text … 2 x 4.50 = 9.00", "3 x text 3,90", a text above "2 @ 8.95 17.90", or a text and its price.</summary>
internal static partial class FreeLineReader
{
    private const decimal Tolerance = 0.011m;

    public static List<LineItem> Read(DocumentPage page, HashSet<int> used)
    {
        var items = new List<LineItem>();
        string? heading = null;
        var headingLine = -1;
        for (var line = 0; line < page.Lines.Count; line++)
        {
            var text = page.Lines[line];
            if (text.IsBlank)
            {
                heading = null;
                continue;
            }

            if (items.Count > 0 && IsSum(page, line))
            {
                break;
            }

            var item = page.Labels[line].Any(label => label.Concept is not Concept.Shipping and not Concept.ShipTo and not Concept.PaymentMethod and not Concept.Website and not Concept.Reference && label.Weight >= 3 && label.Start <= text.Cells[0].Start + 1)
                ? null
                : ReadLine(page, text.Text, heading);
            if (item is not null)
            {
                items.Add(item);
                used.Add(line);
                if (item.Text == heading)
                {
                    used.Add(headingLine);
                }

                heading = null;
            }
            else
            {
                heading = Bullet().Replace(text.Text.Trim(), "");
                headingLine = line;
                heading = heading.Any(char.IsLetter) && text.Cells.Count == 1 ? heading : null;
            }
        }

        return items;
    }

    private static bool IsSum(DocumentPage page, int line) =>
        page.Labels[line].Any(label => label.Concept is Concept.Net or Concept.Total && label.Start <= page.Lines[line].Cells[0].Start + 22)
        && (page.Amounts.Read(page.Lines[line].Text).Any(amount => amount.IsMoney) || page.Labels[line].Any(label => label.Weight >= 5));

    private static LineItem? ReadLine(DocumentPage page, string raw, string? heading)
    {
        var text = page.Dates.Blank(raw);
        var amounts = page.Amounts.Read(text);
        if (amounts is not [.., var amount] || !TrailsOff(text[amount.End..]) || amount.IsPercent)
        {
            return null;
        }

        var body = text[..amount.Start].TrimEnd(' ', '€', '$', '£', '=', ':');
        body = CurrencyReader.EndsWithCurrency(body) && body.Contains(' ', StringComparison.Ordinal) ? body[..body.LastIndexOf(' ')].TrimEnd(' ', '=') : body;
        return ReadProduct(page, body, amount, heading) ?? (amount.IsMoney ? ReadCounted(page, body, amount) ?? ReadPriced(raw, body, amount) : null);
    }

    /// <summary>Quantity and price whose product is the amount.</summary>
    private static LineItem? ReadProduct(DocumentPage page, string body, AmountToken amount, string? heading)
    {
        var numbers = page.Amounts.Read(body).Where(number => !number.IsPercent).ToList();
        for (var second = numbers.Count - 1; second > 0; second--)
        {
            for (var first = second - 1; first >= 0; first--)
            {
                var (quantity, price) = (numbers[first], numbers[second]);
                var between = body[quantity.End..price.Start];
                if (Math.Abs((quantity.Value * price.Value) - amount.Value) > Tolerance || !Times().IsMatch(between))
                {
                    continue;
                }

                var text = Trim(body[..quantity.Start]);
                var unit = Times().Replace(between, "").Trim(' ', '€', '$', '£');
                var lastComma = text.LastIndexOf(", ", StringComparison.Ordinal);
                text = text.Any(char.IsLetter) ? text : "";
                // "octubre, 9 clases en grupo": a lone word before the number is when, not what.
                if (text.Length == 0 || (unit.Contains(' ', StringComparison.Ordinal) && lastComma < 0 && !text.Contains(' ', StringComparison.Ordinal)))
                {
                    text = unit.Contains(' ', StringComparison.Ordinal) || heading is null ? Trim(unit) : heading;
                }

                return text.Any(char.IsLetter) ? new LineItem(text) { Quantity = quantity.Value, UnitPrice = price.Value, Amount = amount.Value, Unit = unit.Length is > 0 and < 12 ? unit : null } : null;
            }
        }

        return null;
    }

    /// <summary>"3 x Baguette 3,90": a count, a thing, and the price of all.</summary>
    private static LineItem? ReadCounted(DocumentPage page, string body, AmountToken amount) =>
        Counted().Match(body.Trim()) is { Success: true } match && page.Amounts.ReadOne(match.Groups[1].Value) is { } quantity
            ? new LineItem(Trim(match.Groups[2].Value)) { Quantity = quantity, Amount = amount.Value }
            : null;

    private static LineItem? ReadPriced(string raw, string body, AmountToken amount)
    {
        var text = Trim(body);
        var stands = raw.AsSpan(0, amount.Start).TrimEnd("€$£ ").Length <= amount.Start - 2 || Bullet().IsMatch(raw.TrimStart());
        return stands && text.Count(char.IsLetter) >= 3 && text.Length <= 80 && !text.EndsWith(',') ? new LineItem(text) { Amount = amount.Value } : null;
    }

    /// <summary>After the amount only a currency, a full stop or the letter of a tax class.</summary>
    private static bool TrailsOff(string rest)
    {
        var trimmed = rest.Trim(' ', '€', '$', '£', '.');
        return trimmed.Length <= 1 || (CurrencyReader.StartsWithCurrency(trimmed) && trimmed.Length <= 4);
    }

    private static string Trim(string text) => Bullet().Replace(text.Trim(), "").Trim(' ', ',', '-', ':', '=', '–', '*');

    [GeneratedRegex(@"(?:^|[\s\p{L}²³.])(?:x|×|@|\*|à|a|at|zu|je|of them at|per|po|á)\s*[€$£]?\s*$|^\s*[x×@*]\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex(@"^(\d+(?:[.,]\d+)?) ?[x×] (.*\p{L}.*)$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(?:[-*•–] |\d{1,3}[.)] )")]
    private static partial Regex Bullet();
}
