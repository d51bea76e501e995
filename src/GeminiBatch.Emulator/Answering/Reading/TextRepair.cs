using System.Text;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Undoes two kinds of damage that a careful reader sees through: UTF-8 read as Windows-1252, and digits that a scanner saw in words.</summary>
internal static partial class TextRepair
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Repair(string text)
    {
        var repaired = MisreadUtf8().Replace(text, static match => Reread(match.Value));
        // One such word may be a product's name; two are a scanner's work.
        return ScannedWord().Count(repaired) >= 2 ? ScannedWord().Replace(repaired, static match => ToLetters(match.Value)) : repaired;
    }

    private static string Reread(string misread)
    {
        try
        {
            return StrictUtf8.GetString(ToBytes(misread));
        }
        catch (DecoderFallbackException)
        {
            return misread;
        }
    }

    private static byte[] ToBytes(string misread)
    {
        var bytes = Windows1252.GetBytes(misread);
        for (var index = 0; index < misread.Length; index++)
        {
            // The five positions that Windows-1252 leaves open come through as control characters.
            bytes[index] = misread[index] is >= '\u0080' and <= '\u009f' ? (byte)misread[index] : bytes[index];
        }

        return bytes;
    }

    private static string ToLetters(string word)
    {
        var isUpper = !word.Any(char.IsLower);
        return string.Create(word.Length, (word, isUpper), static (letters, source) =>
        {
            for (var index = 0; index < letters.Length; index++)
            {
                var starts = index == 0 && !source.isUpper && source.word.Length > 1 && char.IsLower(source.word[1]);
                letters[index] = (source.word[index], source.isUpper) switch
                {
                    ('0', true) => 'O',
                    ('0', false) => 'o',
                    ('1', true) => 'I',
                    ('1', false) => 'l',
                    ('5', true) => 'S',
                    ('5', false) => starts ? 'S' : 's',
                    var (other, _) => other,
                };
            }
        });
    }

    [GeneratedRegex("[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}")]
    private static partial Regex MisreadUtf8();

    // Letters with 0, 1 or 5 among them, and none of the other digits: a word, not a code. Codes end in digits in capitals.
    [GeneratedRegex(@"(?<!\w)(?<!\d-)(?=\p{L}*[015])(?:[015]{1,2}\p{L}{3,}|\p{L}+[015]{1,2}\p{L}+(?:[015]{1,2}\p{L}+)*|[15]\p{Lu}+[015]\p{Lu}+|\p{Ll}{2,}[015]{1,2})(?!\w)(?!-\d)")]
    private static partial Regex ScannedWord();
}
