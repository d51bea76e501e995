using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>Names without what people and models vary: case, punctuation, white space and accents.</summary>
internal static class NameFolding
{
    /// <summary>Names longer than this are not compared beyond equality.</summary>
    public const int LongestName = 256;

    public static string Fold(string name)
    {
        if (Ascii.IsValid(name))
        {
            return string.Create(CountKept(name), name, static (target, source) =>
            {
                int length = 0;
                foreach (char c in source)
                {
                    if (char.IsAsciiLetterOrDigit(c))
                    {
                        target[length++] = char.ToLowerInvariant(c);
                    }
                }
            });
        }

        var folded = new StringBuilder(name.Length);
        foreach (char c in Normalized(name))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark:
                    break;
                default:
                    if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpacingCombiningMark)
                    {
                        Append(folded, char.ToLowerInvariant(c));
                    }

                    break;
            }
        }

        return folded.ToString();
    }

    private static int CountKept(string name)
    {
        int count = 0;
        foreach (char c in name)
        {
            count += char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        }

        return count;
    }

    public static string Normalized(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    // Letters that do not decompose into a base letter and a mark.
    public static void Append(StringBuilder folded, char c) => _ = c switch
    {
        'ß' or 'ẞ' => folded.Append("ss"),
        'æ' => folded.Append("ae"),
        'œ' => folded.Append("oe"),
        'ø' => folded.Append('o'),
        'đ' or 'ð' => folded.Append('d'),
        'ł' => folded.Append('l'),
        'þ' => folded.Append("th"),
        'ı' => folded.Append('i'),
        _ => folded.Append(c),
    };
}
