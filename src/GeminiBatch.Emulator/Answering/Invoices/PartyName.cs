using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>What belongs to the name of a company or person, and what is its address already.</summary>
internal static partial class PartyName
{
    /// <summary>The name at the beginning of a text that may go on with an address.</summary>
    public static string? Read(string text, bool keepComma = false)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var name = text.Split("  ", 2)[0].Trim(' ', '*', '|');
        name = Salutation().Replace(name, "");
        foreach (var mark in new[] { " · ", " | ", " • ", " - ", " – ", " − " })
        {
            var at = name.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && (name.AsSpan(at).IndexOfAnyInRange('0', '9') >= 0 || mark[1] == '·'))
            {
                name = name[..at];
            }
        }

        var pieces = name.Split(", ");
        var kept = pieces[0];
        for (var index = 1; index < pieces.Length; index++)
        {
            var isLegal = LegalForm().Match(pieces[index]) is { Success: true, Index: 0 } || (index == 1 && LegalForm().IsMatch(pieces[index]) && pieces[index].Split(' ').Length <= 3);
            if (!isLegal && !(keepComma && !name.Any(char.IsAsciiDigit)))
            {
                break;
            }

            kept += ", " + pieces[index];
        }

        if (LegalForm().Match(kept) is { Success: true } form && form.Index + form.Length + 1 < kept.Length && char.IsLower(kept[form.Index + form.Length + 1]) && kept[form.Index + form.Length] == ' ')
        {
            kept = kept[..(form.Index + form.Length)];
        }

        kept = kept.TrimEnd(' ', ',', ';', ':');
        return kept.Count(char.IsLetter) >= 2 && kept.Length <= 90 ? kept : null;
    }

    [GeneratedRegex(@"(?<![\p{L}])(?:GmbH(?: & Co\.? KG)?|gGmbH|AG|KG|OHG|UG|e\.K\.|e\.V\.|Ltd\.?|Limited|LLC|L\.L\.C\.|Inc\.?|INC\.?|inc\.|Corp\.?|PLC|plc|LLP|B\.V\.|BV|N\.V\.|S\.A\.S?|SAS|SARL|S\.?à ?r\.?l\.?|EURL|S\.L\.U?\.?|SLU?|S\.r\.l\.|S\.R\.L\.|s\.r\.l\.|S\.p\.A\.|s\.n\.c\.|Lda\.?|S\.A\.|Sp\. z o\.? ?o\.|sp\. z o\.o\.|Sp\. j\.|S\.K\.A\.|AB|AS|ASA|A/S|ApS|Oy|Oyj|s\.r\.o\.|a\.s\.|v\.o\.s\.|Kft\.?|Zrt\.?|Pty|Co-op|SA|SE|SPRL|BVBA|Unipessoal Lda)(?![\p{L}])")]
    public static partial Regex LegalForm();

    [GeneratedRegex(@"^(?:Frau|Herrn?|Familie|Firma|Mr\.?|Mrs\.?|Ms\.?|Mme|M\.|Monsieur|Madame|An|Sig\.|Sig\.ra) (?!\p{Ll})")]
    public static partial Regex Salutation();
}
