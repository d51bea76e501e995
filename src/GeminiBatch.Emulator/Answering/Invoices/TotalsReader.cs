namespace GeminiBatch.Emulator;

/// <summary>Finds net, tax and total by their labels, and prefers the three that add up.</summary>
internal static class TotalsReader
{
    private const decimal Tolerance = 0.02m;

    public static Totals Read(DocumentPage page, IReadOnlySet<int> itemLines, IReadOnlyList<LineItem> items)
    {
        var candidates = Collect(page, itemLines);
        var (net, tax, total) = Choose(candidates, items);
        return new Totals(net, tax, total)
        {
            TaxRate = ReadRate(page, itemLines),
            Shipping = Last(candidates, Concept.Shipping),
            Discount = Last(candidates, Concept.Discount),
            Paid = Last(candidates, Concept.Paid),
        };
    }

    private static List<Candidate> Collect(DocumentPage page, IReadOnlySet<int> itemLines)
    {
        var candidates = new List<Candidate>();
        for (var line = 0; line < page.Lines.Count; line++)
        {
            if (itemLines.Contains(line))
            {
                continue;
            }

            var isCarried = page.Labels[line].Any(label => label.Concept == Concept.CarryOver);
            var isPaid = page.Labels[line].Any(label => label.Concept == Concept.Paid);
            foreach (var label in page.Labels[line].Where(label => label.Concept is Concept.Net or Concept.Tax or Concept.Total or Concept.Paid or Concept.Shipping or Concept.Discount))
            {
                if (!isCarried && !(isPaid && label.Concept == Concept.Total && label.Weight < 5) && Find(page, line, label) is { } value)
                {
                    candidates.Add(new Candidate(label.Concept, label.Weight, line, value));
                }
            }
        }

        return candidates;
    }

    private static decimal? Find(DocumentPage page, int line, LabelHit label)
    {
        var region = page.Dates.Blank(page.After(line, label));
        var amounts = page.Amounts.Read(region).Where(amount => !amount.IsPercent).ToList();
        if (amounts.LastOrDefault(amount => amount.IsMoney) is { IsMoney: true } money)
        {
            return money.Value;
        }

        if (amounts is [.., var plain] && region[plain.End..].Trim().Length == 0 && IsStated(region[..plain.Start]))
        {
            return plain.Value;
        }

        if (label.Weight >= 5 && region.Trim().Length == 0 && page.Amounts.Read(page.Dates.Blank(page.Lines[line].Text[..label.Start])).LastOrDefault(amount => amount.IsMoney) is { IsMoney: true } before)
        {
            // "… makes $12.50 all together".
            return before.Value;
        }

        if (amounts.Count > 0 || page.NextLine(line, within: 2) is not { } below || HasOwnLabel(page, below))
        {
            return null;
        }

        // A heading above its value, or a sentence that ends before the sum.
        var isLastWord = region.Trim(' ', ':', '.').Length == 0 || region.TrimEnd().EndsWith("von", StringComparison.Ordinal) || region.TrimEnd().EndsWith(" of", StringComparison.Ordinal);
        var cell = DocumentPage.CellBelow(below, label.Start, label.End) ?? (below.Cells.Count == 1 && isLastWord ? below.Cells[0] : null);
        return cell is { } value && page.Amounts.Read(page.Dates.Blank(value.Text)) is [{ IsMoney: true } only] ? only.Value : null;
    }

    private static bool HasOwnLabel(DocumentPage page, TextLine below) =>
        page.Labels[below.Number].Any(label => label.Concept is Concept.Net or Concept.Tax or Concept.Total && label.Start < 4);

    // A whole number is a sum only where nothing but marks and currency stands before it.
    private static bool IsStated(string between) => between.All(letter => !char.IsLetterOrDigit(letter)) || CurrencyReader.EndsWithCurrency(between.TrimEnd());

    private static (decimal? Net, decimal? Tax, decimal? Total) Choose(List<Candidate> candidates, IReadOnlyList<LineItem> items)
    {
        var nets = candidates.Where(candidate => candidate.Concept == Concept.Net).ToList();
        var taxes = candidates.Where(candidate => candidate.Concept == Concept.Tax).ToList();
        var totals = candidates.Where(candidate => candidate.Concept == Concept.Total).ToList();
        var best = (Score: 0, Net: (decimal?)null, Tax: (decimal?)null, Total: (decimal?)null);
        foreach (var (tax, taxWeight) in TaxSums(taxes))
        {
            foreach (var total in totals)
            {
                // A "total" may be the sum before tax, too.
                foreach (var net in nets.Concat(totals.Where(other => other.Value != total.Value)))
                {
                    if (Math.Abs(net.Value + tax - total.Value) <= Tolerance)
                    {
                        var score = 100 + (net.Weight * (net.Concept == Concept.Net ? 2 : 1)) + taxWeight + (total.Weight * 2) + (total.Line > net.Line ? 2 : 0);
                        best = score > best.Score ? (score, net.Value, tax, total.Value) : best;
                    }
                }
            }
        }

        return best.Score > 0 ? (best.Net, best.Tax, best.Total) : ByWeight(nets, taxes, totals, items);
    }

    private static (decimal? Net, decimal? Tax, decimal? Total) ByWeight(List<Candidate> nets, List<Candidate> taxes, List<Candidate> totals, IReadOnlyList<LineItem> items)
    {
        var total = Best(totals);
        var net = Best(nets);
        var tax = taxes.Count > 0 ? TaxSums(taxes).OrderByDescending(sum => sum.Weight).First().Tax : (decimal?)null;
        if (total is { } gross && net is null && tax is { } included && items.Sum(item => item.Amount ?? 0) is var sum && Math.Abs(sum + included - gross) <= Tolerance)
        {
            net = sum;
        }

        return (net, tax, total);
    }

    private static decimal? Best(List<Candidate> candidates) =>
        candidates.OrderByDescending(candidate => candidate.Weight).ThenByDescending(candidate => candidate.Line).Select(candidate => (decimal?)candidate.Value).FirstOrDefault();

    /// <summary>Each tax alone, and the sum of all that are no sums themselves: an invoice may have several rates.</summary>
    private static IEnumerable<(decimal Tax, int Weight)> TaxSums(List<Candidate> taxes)
    {
        foreach (var tax in taxes)
        {
            yield return (tax.Value, tax.Weight);
        }

        var rates = taxes.Where(tax => tax.Weight < 4).ToList();
        if (rates.Count > 1)
        {
            yield return (rates.Sum(tax => tax.Value), 3);
        }
    }

    private static decimal? Last(List<Candidate> candidates, Concept concept) =>
        candidates.Where(candidate => candidate.Concept == concept).Select(candidate => (decimal?)candidate.Value).LastOrDefault();

    private static decimal? ReadRate(DocumentPage page, IReadOnlySet<int> itemLines)
    {
        for (var line = 0; line < page.Lines.Count; line++)
        {
            if (!itemLines.Contains(line) && page.Labels[line].Any(label => label.Concept == Concept.Tax)
                && page.Amounts.Read(page.Lines[line].Text).Where(amount => amount.IsPercent).Select(amount => (decimal?)amount.Value).FirstOrDefault() is { } rate)
            {
                return rate;
            }
        }

        return null;
    }

    private sealed record Candidate(Concept Concept, int Weight, int Line, decimal Value);
}
