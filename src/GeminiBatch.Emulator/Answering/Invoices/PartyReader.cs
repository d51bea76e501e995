using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Who bills whom: by label, by legal form, and by where names stand on a page.</summary>
internal sealed partial class PartyReader(DocumentPage page)
{
    private const int HeadLines = 14;

    private string? supplier;
    private string? customer;

    public string? Supplier => supplier ??= Complete(Labelled(Concept.Supplier) ?? WithLegalForm() ?? FirstName());

    public string? Customer => customer ??= Labelled(Concept.Customer) ?? AddressBlock() ?? InSentence();

    /// <summary>The lines under a party's name, up to a blank one.</summary>
    public string? AddressOf(string? party)
    {
        if (party is null)
        {
            return null;
        }

        foreach (var line in page.Lines)
        {
            var at = line.Text.IndexOf(party, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            var rest = line.Text[(at + party.Length)..].Trim(' ', ',', '·', '-', '|');
            if (rest.Any(char.IsAsciiDigit) && rest.Any(char.IsLetter))
            {
                return rest.Split("   ", 2)[0];
            }

            var parts = new List<string>();
            for (var number = line.Number + 1; number < page.Lines.Count && parts.Count < 5 && !page.Lines[number].IsBlank; number++)
            {
                if (page.Lines[number].Cells.FirstOrDefault(cell => Math.Abs(cell.Start - at) <= 2) is { Text: { Length: > 0 } text } && !IsLabelled(number, at))
                {
                    parts.Add(text);
                }
                else
                {
                    break;
                }
            }

            if (parts.Count > 0)
            {
                return string.Join(", ", parts);
            }
        }

        return null;
    }

    private bool IsLabelled(int line, int at) => page.Labels[line].Any(label => label.Start <= at + 2 && label.Concept is not (Concept.Customer or Concept.Supplier) && label.Weight >= 4);

    private string? Labelled(Concept concept)
    {
        string? best = null;
        for (var line = 0; line < page.Lines.Count && best is null; line++)
        {
            var text = page.Lines[line].Text;
            foreach (var label in page.Labels[line].Where(label => label.Concept == concept))
            {
                var cell = page.Lines[line].Cells.LastOrDefault(candidate => candidate.Start <= label.Start);
                var before = text[cell.Start..label.Start].Trim(' ', '-', '*', '/', '5');
                var after = text[label.End..];
                var hasColon = after.TrimStart(' ', '.', ')').StartsWith(':') || after.StartsWith("/ ", StringComparison.Ordinal);
                var beside = page.Lines[line].Cells.FirstOrDefault(candidate => candidate.Start >= label.End);
                var isWholeCell = label.End >= cell.End - 2;
                if (before.Any(char.IsLetter) && !IsOnlyLabels(line, cell.Start, label.Start))
                {
                    continue;
                }

                best = hasColon || !isWholeCell ? (hasColon || IsShout(text[label.Start..label.End], label) ? PartyName.Read(DocumentPage.StripMarks(page.After(line, label))) : null) : null;
                best ??= isWholeCell && label.End - label.Start > 2 ? Below(line, label) ?? (beside.Text is { Length: > 0 } name ? PartyName.Read(name) : null) : null;
                if (best is not null)
                {
                    break;
                }
            }
        }

        return best;
    }

    private bool IsOnlyLabels(int line, int start, int end) =>
        page.Labels[line].Any(label => label.Start >= start && label.End <= end && page.Lines[line].Text[label.End..end].All(letter => !char.IsLetterOrDigit(letter)));

    // "Spett.le Name" and "Exmo(s). Sr(s). Name" need no colon; "to" and "an" do.
    private static bool IsShout(string label, LabelHit hit) => hit.Words > 1 && label.Length > 6 && char.IsUpper(label[0]);

    private string? Below(int line, LabelHit label)
    {
        if (page.NextLine(line, within: 1) is not { } below)
        {
            return null;
        }

        var cell = below.Cells.FirstOrDefault(candidate => Math.Abs(candidate.Start - label.Start) <= 6);
        return cell.Text is { Length: > 0 } text && !page.Labels[below.Number].Any(other => other.Start == cell.Start && other.Weight >= 4 && other.Concept is not Concept.Supplier and not Concept.Customer) ? PartyName.Read(text, keepComma: true) : null;
    }

    /// <summary>The first name with a legal form at the head of the page, else anywhere.</summary>
    private string? WithLegalForm()
    {
        foreach (var limit in new[] { HeadLines, int.MaxValue })
        {
            for (var line = 0; line < Math.Min(limit, page.Lines.Count); line++)
            {
                if (page.Labels[line].Any(label => label.Concept is Concept.Customer or Concept.ShipTo))
                {
                    continue;
                }

                foreach (var cell in page.Lines[line].Cells.Where(cell => PartyName.LegalForm().IsMatch(cell.Text) && !IsUnderCustomer(line, cell)))
                {
                    var label = page.Labels[line].LastOrDefault(hit => hit.Start >= cell.Start && hit.End < cell.End && hit.Concept is Concept.Number);
                    var text = label.End > 0 && SubjectFrom().Match(cell.Text) is { Success: true } subject ? subject.Groups[1].Value : cell.Text;
                    if (PartyName.Read(text) is { } name && PartyName.LegalForm().IsMatch(name))
                    {
                        return name;
                    }
                }
            }
        }

        return null;
    }

    private bool IsUnderCustomer(int line, TextCell cell)
    {
        for (var above = line - 1; above >= Math.Max(0, line - 2); above--)
        {
            if (page.Labels[above].Any(label => label.Concept is Concept.Customer or Concept.ShipTo && Math.Abs(label.Start - cell.Start) <= 6 && IsHeading(above, label)))
            {
                return true;
            }
        }

        return line > 0 && !IsFirstBlock(line) && page.Lines.Take(line).Any(earlier => earlier.Cells.Count > 0) && LooksLikeAddress(line);
    }

    private bool IsHeading(int line, LabelHit label) => page.Lines[line].Cells.Any(cell => cell.Start <= label.Start && cell.End >= label.End && cell.End <= label.End + 2);

    private bool IsFirstBlock(int line)
    {
        for (var above = line - 1; above >= 0; above--)
        {
            if (page.Lines[above].IsBlank)
            {
                return page.Lines.Take(above).All(earlier => earlier.IsBlank || IsTitle(earlier));
            }
        }

        return true;
    }

    private bool IsTitle(TextLine line) => line.Cells.Count == 1 && page.Labels[line.Number].Any(label => label.Concept == Concept.Number && label.Start == line.Cells[0].Start);

    private bool LooksLikeAddress(int line)
    {
        for (var below = line + 1; below < page.Lines.Count && below <= line + 4 && !page.Lines[below].IsBlank; below++)
        {
            if (ZipCity().IsMatch(page.Lines[below].Text))
            {
                return true;
            }
        }

        return false;
    }

    private string? FirstName()
    {
        foreach (var line in page.Lines.Take(HeadLines).Where(line => !line.IsBlank))
        {
            foreach (var cell in line.Cells)
            {
                var isLabel = page.Labels[line.Number].Any(label => label.Start >= cell.Start && label.Start <= cell.Start + 2 && label.End <= cell.End && label.Concept is not Concept.Supplier);
                if (!isLabel && cell.Text.Count(char.IsLetter) >= 3 && !cell.Text.Contains('@', StringComparison.Ordinal) && PartyName.Read(cell.Text) is { } name && !char.IsLower(name[0]))
                {
                    return name;
                }
            }
        }

        return null;
    }

    /// <summary>A block of lines with a postal code that is not the first block: who the letter goes to.</summary>
    private string? AddressBlock()
    {
        for (var line = 1; line < Math.Min(page.Lines.Count, 2 * HeadLines); line++)
        {
            var starts = !page.Lines[line].IsBlank && page.Lines[line - 1].IsBlank;
            if (!starts || IsFirstBlock(line) || !LooksLikeAddress(line) || page.Labels[line].Any(label => label.Concept is Concept.Number or Concept.Supplier))
            {
                continue;
            }

            var first = page.Lines[line].Cells[0].Text;
            var name = PartyName.Salutation().IsMatch(first + " ") && first.Length < 9 && page.Lines[line + 1].Cells is [var next, ..] ? next.Text : PartyName.Salutation().Replace(first, "");
            if (PartyName.Read(name, keepComma: true) is { } found && found != Supplier)
            {
                return found;
            }
        }

        return BlockWithoutPostalCode();
    }

    private string? BlockWithoutPostalCode()
    {
        for (var line = 1; line < Math.Min(page.Lines.Count, HeadLines); line++)
        {
            if (!page.Lines[line].IsBlank && page.Lines[line - 1].IsBlank && !IsFirstBlock(line)
                && page.Lines[line].Cells is [var only] && PartyName.LegalForm().IsMatch(only.Text) && page.Lines[line].Text.Length < 60 && PartyName.Read(only.Text) is { } name && name != Supplier)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>"… our invoice … for Tallgrass Clinics."</summary>
    private string? InSentence() =>
        ForName().Match(string.Join(' ', page.Lines.Select(line => line.Text.Trim()))) is { Success: true } match ? match.Groups[1].Value.Trim() : null;

    /// <summary>Prefers the same name printed elsewhere in full or in mixed case.</summary>
    private string? Complete(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var isCut = name[0] is '…' or '.';
        var known = name.TrimStart('…', '.', ' ');
        if (!isCut && known.Any(char.IsLower))
        {
            return known;
        }

        foreach (var line in page.Lines)
        {
            var at = line.Text.IndexOf(known, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || line.Text.AsSpan(at, known.Length).IndexOfAnyInRange('a', 'z') < 0 || line.Text.Contains('…', StringComparison.Ordinal))
            {
                continue;
            }

            var start = isCut ? line.Text.LastIndexOf("  ", at, StringComparison.Ordinal) is var gap and >= 0 ? gap + 2 : 0 : at;
            return line.Text[start..(at + known.Length)].Trim();
        }

        return known;
    }

    [GeneratedRegex(@"(?:^|[ ,])(?:[A-Z]{1,2}-)?\d{4,5} ?(?:[A-Z]{2} )?\p{Lu}\p{L}+|\b[A-Z]{2} \d{5}\b|\b\d{2}-\d{3} \p{Lu}|\b\d{3} \d{2} \p{Lu}|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b")]
    private static partial Regex ZipCity();

    [GeneratedRegex(@"\bfrom ((?:\p{Lu}[\w'&.,-]*|&)(?: (?:\p{Lu}[\w'&.,-]*|&))*)\s*$")]
    private static partial Regex SubjectFrom();

    [GeneratedRegex(@"\binvoice\b[^.]{0,80}? (?:for|to) ((?:\p{Lu}[\w'’-]*)(?: (?:\p{Lu}[\w'’-]*|&|of|and|de))*)(?=[.,])", RegexOptions.None)]
    private static partial Regex ForName();
}
