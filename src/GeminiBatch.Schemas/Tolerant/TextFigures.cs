namespace GeminiBatch;

/// <summary>What folding leaves out of a text and what yet makes another value of it: "1.5" is not "15", "-30" is not "30", "A-" is not "A+".</summary>
internal static class TextFigures
{
    /// <summary>Whether two texts have the same numbers with their signs and points, and the same sign at their end.</summary>
    public static bool AreSame(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (!EndSign(left).SequenceEqual(EndSign(right)))
        {
            return false;
        }

        int first = 0;
        int second = 0;
        while (true)
        {
            ReadOnlySpan<char> one = Next(left, ref first);
            if (!one.SequenceEqual(Next(right, ref second)))
            {
                return false;
            }

            if (one.IsEmpty)
            {
                return true;
            }
        }
    }

    /// <summary>Whether a name stands inside a larger number or word of a text: "5" in "1.5", "30" in "-30", "C" in "C++".</summary>
    public static bool IsPart(ReadOnlySpan<char> text, int at, int length)
    {
        ReadOnlySpan<char> name = text.Slice(at, length);
        if (char.IsDigit(name[0]) && at > 0 && (IsSign(text, at - 1) || (IsPoint(text[at - 1]) && at > 1 && char.IsDigit(text[at - 2]))))
        {
            return true;
        }

        int end = at + length;
        return IsEndSign(text, end) || (char.IsDigit(name[^1]) && end + 1 < text.Length && IsPoint(text[end]) && char.IsDigit(text[end + 1]));
    }

    /// <summary>Whether a character is the sign or the point of a number, or the sign at the end of a word.</summary>
    public static bool IsKept(ReadOnlySpan<char> text, int at) =>
        IsEndSign(text, at) || (at + 1 < text.Length && char.IsDigit(text[at + 1]) && (IsPoint(text[at]) ? at > 0 && char.IsDigit(text[at - 1]) : text[at] != '(' && IsSign(text, at)));

    // "A+", "A-" and "C++"; not the hyphen of "car-2" nor the dash of "yes--no".
    private static bool IsEndSign(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && text[at] is '+' or '-' or '−' or '#' && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '+' or '#')
        && (at + 1 == text.Length || !(char.IsLetterOrDigit(text[at + 1]) || text[at + 1] is '-'));

    private static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && !char.IsDigit(text[at]))
        {
            at++;
        }

        int start = at > 0 && at < text.Length && IsSign(text, at - 1) ? at - 1 : at;
        while (at < text.Length && (char.IsDigit(text[at]) || (IsPoint(text[at]) && at + 1 < text.Length && char.IsDigit(text[at + 1]))))
        {
            at++;
        }

        return text[start..at];
    }

    // A hyphen behind a letter or digit joins, "A-30"; an opening bracket around a number alone is how accounts write a minus.
    private static bool IsSign(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '-' or '−' or '+' => at == 0 || !char.IsLetterOrDigit(text[at - 1]),
        '(' => text[..at].IsWhiteSpace() && text.TrimEnd() is [.., ')'],
        _ => false,
    };

    private static bool IsPoint(char c) => c is '.' or ',';

    private static ReadOnlySpan<char> EndSign(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd();
        int from = text.Length;
        while (from > 0 && text[from - 1] is '+' or '-' or '−' or '#')
        {
            from--;
        }

        return text[from..];
    }
}
