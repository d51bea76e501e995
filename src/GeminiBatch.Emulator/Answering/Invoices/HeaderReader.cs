using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Numbers, dates and other single values that stand beside a label.</summary>
internal sealed partial class HeaderReader(DocumentPage page)
{
    private DateOnly? issueDate;

    public string? Number => Best(Concept.Number, ReadCode) ?? Best(Concept.Reference, ReadCode);

    public DateOnly? IssueDate => issueDate ??= DateOf(Concept.IssueDate, null) ?? FirstFreeDate();

    public DateOnly? DueDate => DateOf(Concept.DueDate, IssueDate);

    public DateOnly? ServiceDate => DateOf(Concept.ServiceDate, null);

    public string? OrderNumber => Best(Concept.OrderNumber, ReadCode);

    public string? CustomerNumber => Best(Concept.CustomerNumber, ReadCode);

    public string? Reference => Best(Concept.Reference, ReadText);

    public string? Terms => Best(Concept.Terms, ReadText);

    public string? PaymentMethod => Best(Concept.PaymentMethod, ReadText);

    public string? Iban => IbanPattern().Match(page.Text) is { Success: true } match ? match.Value.Trim() : null;

    public string? Bic => Best(Concept.Bic, static text => BicPattern().Match(text) is { Success: true } match ? match.Value : null);

    public string? Email => EmailPattern().Match(page.Text) is { Success: true } match ? match.Value : null;

    public string? Website => WebsitePattern().Match(page.Text) is { Success: true } match ? match.Value : null;

    public string? Phone => Best(Concept.Phone, static text => PhonePattern().Match(text) is { Success: true } match ? match.Value.Trim() : null);

    /// <summary>The supplier's VAT or tax number: the first that is printed.</summary>
    public string? TaxId
    {
        get
        {
            string? best = null;
            var weight = 0;
            for (var line = 0; line < page.Lines.Count; line++)
            {
                foreach (var label in page.Labels[line].Where(label => label.Concept == Concept.TaxId && label.Weight > weight))
                {
                    if (TaxIdPattern().Match(DocumentPage.StripMarks(page.Lines[line].Text[label.End..])) is { Success: true, Index: 0 } match
                        && match.Value.Count(char.IsAsciiDigit) >= 6
                        && !MoneyPattern().IsMatch(match.Value))
                    {
                        best = match.Value.Trim(' ', '.', '-', '/');
                        weight = label.Weight;
                    }
                }

                if (best is null && SwissTaxIdPattern().Match(page.Lines[line].Text) is { Success: true } swiss)
                {
                    best = swiss.Value;
                    weight = int.MaxValue;
                }
            }

            return best is not null ? best : EuropeanTaxIdPattern().Match(page.Text) is { Success: true } european ? european.Value : null;
        }
    }

    /// <summary>The value of the heaviest, then first label of a concept that has one that reads.</summary>
    private string? Best(Concept concept, Func<string, string?> read)
    {
        string? best = null;
        var weight = 0;
        for (var line = 0; line < page.Lines.Count; line++)
        {
            foreach (var label in page.Labels[line].Where(label => label.Concept == concept && label.Weight + label.Words > weight))
            {
                var beside = DocumentPage.StripMarks(concept == Concept.Number ? page.Lines[line].Text[label.End..] : page.After(line, label));
                var value = read(beside);
                if (value is null && beside.Length == 0 || (value is null && page.Lines[line].Cells.Count > 1))
                {
                    value = page.NextLine(line, within: 2) is { } below && DocumentPage.CellBelow(below, label.Start, label.End) is { } cell ? read(cell.Text) : null;
                }

                if (value is not null)
                {
                    best = value;
                    weight = label.Weight + label.Words;
                }
            }
        }

        return best;
    }

    private DateOnly? DateOf(Concept concept, DateOnly? reference)
    {
        DateOnly? best = null;
        var weight = 0;
        for (var line = 0; line < page.Lines.Count; line++)
        {
            foreach (var label in page.Labels[line].Where(label => label.Concept == concept && label.Weight > weight))
            {
                if (DateBeside(line, label, reference) is { } date)
                {
                    best = date;
                    weight = label.Weight;
                }
            }
        }

        return best;
    }

    private DateOnly? DateBeside(int line, LabelHit label, DateOnly? reference)
    {
        const int near = 60;
        var text = page.Lines[line].Text;
        var beside = page.Dates.Read(text).FirstOrDefault(date => date.Start >= label.End);
        if (beside.End > 0)
        {
            var between = text[label.End..beside.Start];
            var isOthers = page.Labels[line].Any(other => other.Start >= label.End && other.Start < beside.Start && other.Concept is Concept.DueDate or Concept.ServiceDate or Concept.IssueDate && other.Concept != label.Concept);
            // Little words such as "du" or "by" are labels only right before a date.
            var isLittle = label.End - label.Start <= 3 && label.Weight < 4;
            return !isOthers && between.Length <= (isLittle ? 2 : near) ? beside.After(reference) : null;
        }

        if (page.NextLine(line, within: 2) is not { } below)
        {
            return null;
        }

        // A sentence may break between label and date.
        var rest = text[label.End..].Trim(' ', ':');
        var cell = rest.Length == 0 && page.Lines[line].Cells.Count == 1 && below.Cells.Count > 0 ? below.Cells[0] : DocumentPage.CellBelow(below, label.Start, label.End);
        return cell is { } value && page.Dates.Read(value.Text) is [{ Start: <= 4 } date, ..] && (rest.Length == 0 || page.Lines[line].Cells.Count > 1) ? date.After(reference) : null;
    }

    /// <summary>The first whole date that no other label claims.</summary>
    private DateOnly? FirstFreeDate()
    {
        for (var line = 0; line < page.Lines.Count; line++)
        {
            if (page.Labels[line].Any(label => label.Concept is Concept.DueDate or Concept.ServiceDate && label.Weight > 1))
            {
                continue;
            }

            if (page.Dates.Read(page.Lines[line].Text).Select(token => token.Date).FirstOrDefault(date => date is not null) is { } date)
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>A code: words with digits, a short prefix in capitals before them, and groups of digits that go on.</summary>
    private string? ReadCode(string text)
    {
        var stripped = LeadingNumberWord().Replace(DocumentPage.StripMarks(page.Dates.Blank(text)), "");
        var cell = stripped.Split("  ", 2)[0];
        var words = cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var taken = new List<string>();
        foreach (var word in words)
        {
            var clean = word.TrimEnd(',', ';', '.', ')', ':');
            var hasDigit = clean.Any(char.IsAsciiDigit);
            var isPrefix = taken.Count == 0 && clean.Length is > 0 and <= 5 && clean.All(letter => char.IsAsciiLetterUpper(letter));
            var goesOn = taken.Count > 0 && taken[^1].All(char.IsAsciiDigit) && clean.All(char.IsAsciiDigit) && clean.Length > 0;
            if (taken.Count > 0 && taken[^1].Any(char.IsAsciiDigit) && !goesOn)
            {
                break;
            }

            if (!hasDigit && !isPrefix)
            {
                break;
            }

            taken.Add(clean);
            if (clean.Length < word.Length)
            {
                break;
            }
        }

        var code = string.Join(' ', taken);
        return code.Any(char.IsAsciiDigit) && !MoneyPattern().IsMatch(code) ? code : null;
    }

    private static string? ReadText(string text) => DocumentPage.StripMarks(text).Split("  ", 2)[0] is { Length: > 0 } value ? value : null;

    [GeneratedRegex(@"^(?:n[°ºo]?|nr|no|num|number|nummer|numero|c|č)\b[.:°º ]*", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingNumberWord();

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")]
    private static partial Regex IbanPattern();

    [GeneratedRegex(@"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")]
    private static partial Regex BicPattern();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\b(?:https?://|www\.)[^\s,;]+")]
    private static partial Regex WebsitePattern();

    [GeneratedRegex(@"\+?\(?\d[\d ()/.-]{5,}\d")]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"(?:[A-Z]{2,3}[ -]?)?(?:[A-Z]?\d)(?:[A-Z0-9]|[ ./-](?=[A-Z0-9]))*(?: (?:MWST|TVA|MVA|IVA))?")]
    private static partial Regex TaxIdPattern();

    [GeneratedRegex(@"\bCHE-?\d{3}\.\d{3}\.\d{3}(?: (?:MWST|TVA|IVA))?")]
    private static partial Regex SwissTaxIdPattern();

    [GeneratedRegex(@"\b(?:AT ?U|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[ ]?[0-9A-Z]{0,2}\d{2}[ ]?\d{3}[ ]?\d{2,4}[0-9B]*\b")]
    private static partial Regex EuropeanTaxIdPattern();

    [GeneratedRegex(@"^\d{1,3}(?:[., ]\d{3})*[.,]\d{2}$")]
    private static partial Regex MoneyPattern();
}
