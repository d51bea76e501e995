using System.Buffers;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private const int MostTwins = 16;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[],:\"'`\\\n"u8);

    private readonly bool IsTriple(Quote quote, int at)
    {
        int length = QuoteLength(quote);
        return QuoteAt(at + length) == quote && QuoteAt(at + (2 * length)) == quote && quote is Quote.Double or Quote.Single or Quote.Backtick &&
            (quote == Quote.Backtick || !IsDelimiter(At(SkipSpace(at + 3))));
    }

    // """…""" and ```…``` end at their twin; a language tag and the line break next to the quotes are no part of the text.
    private StringToken ReadTriple(Quote quote)
    {
        int open = _position;
        Mend(AnswerRepairKind.StringMended, open, 3, "triple quotes");
        int start = open + 3;
        ReadOnlySpan<byte> mark = _text.Slice(open, 3);
        int length = TripleLength(start, mark);
        bool cut = length < 0;
        int end = cut ? _text.Length : start + length;
        Cut |= cut;
        _position = cut ? end : end + 3;
        int line = _text[start..end].IndexOf((byte)'\n');
        if (line >= 0 && (quote == Quote.Backtick ? IsTag(_text.Slice(start, line)) : _text.Slice(start, line).Trim(" \r\t"u8).IsEmpty))
        {
            start += line + 1;
        }

        int last = _text[start..end].LastIndexOf((byte)'\n');
        if (last >= 0 && _text[(start + last)..end].Trim(" \r\n\t"u8).IsEmpty)
        {
            end = start + last;
        }

        return Indented(start, end, cut);
    }

    // The twin is the one behind which a value may end; where there is none, the first.
    private readonly int TripleLength(int start, ReadOnlySpan<byte> mark)
    {
        int first = _text[start..].IndexOf(mark);
        for (int length = first, looks = 0; length >= 0 && looks < MostTwins; looks++)
        {
            int behind = start + length + mark.Length;
            if (IsDelimiter(At(SkipSpace(behind))))
            {
                return length;
            }

            int next = _text[behind..].IndexOf(mark);
            length = next < 0 ? -1 : behind + next - start;
        }

        return first;
    }

    // What all lines of the text are indented by is layout.
    private readonly StringToken Indented(int start, int end, bool cut)
    {
        ReadOnlySpan<byte> text = _text[start..end];
        int indent = int.MaxValue;
        foreach (Range line in text.Split((byte)'\n'))
        {
            int blank = text[line].IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
            indent = blank < 0 ? indent : Math.Min(indent, blank);
        }

        if (indent is 0 or int.MaxValue)
        {
            return new StringToken(start, end - start, InArena: false, Quoted: true, cut);
        }

        int arena = _tree.ArenaLength;
        bool first = true;
        foreach (Range line in text.Split((byte)'\n'))
        {
            _tree.Append(first ? default : "\n"u8);
            _tree.Append(text[line][Math.Min(indent, text[line].Length)..]);
            first = false;
        }

        return new StringToken(arena, _tree.ArenaLength - arena, InArena: true, Quoted: true, cut);
    }

    private static bool IsTag(ReadOnlySpan<byte> line)
    {
        foreach (byte b in line.Trim(" \r\t"u8))
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'#' or (byte)'-' or (byte)'.' or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }

    // “quoted” inside a string: a closing mark that has its opening mark there does not end the string.
    private readonly bool Nests(int at, ref int nested)
    {
        bool opens = _text[at + 2] != 0x9D;
        bool inside = opens || nested > 0;
        nested += opens ? 1 : nested > 0 ? -1 : 0;
        return inside;
    }

    // The line behind the string is nothing but one more quote, and behind that the object ends.
    private readonly bool IsFollowedByStray(Quote quote, ref int behind)
    {
        int next = SkipSpace(behind);
        int after = next + QuoteLength(quote);
        int follower = QuoteAt(next) == quote && _text[behind..next].Contains((byte)'\n') ? SkipSpace(after) : _text.Length;
        int last = At(follower) == (byte)',' ? SkipSpace(follower + 1) : follower;
        bool strays = follower < _text.Length && (last >= _text.Length || (At(last) is (byte)'}' or (byte)']' && CloserFits(last)));
        behind = strays ? after : behind;
        return strays;
    }

    // A quote right behind a word, with white space behind it.
    private readonly bool ClosesByShape(int at, int width) => !WhiteSpace.IsAscii(At(at - 1)) && WhiteSpace.IsAscii(At(at + width));

    // "text" and so on: no quote ends the string, but one inside is written like an end quote and has no opening one before it, and
    // behind it there are only words.
    private readonly bool IsEnd(int quote, int kept, StringRole role) =>
        quote >= kept && role is StringRole.Member or StringRole.Item && _text.Length - quote <= LongestGuess && _text[(quote + 1)..].IndexOfAny(Structure) < 0;

    private StringToken EndAt(int quote, int start, int kept, int arenaStart)
    {
        Cut = true;
        _position = _text.Length;
        Mend(AnswerRepairKind.ProseRemoved, quote + 1, _text.Length - quote - 1, SyntaxReport.LostValue);
        return Finish(start, kept, quote, arenaStart, cut: false);
    }

    // ""name"": a quote too many at either end.
    private readonly bool IsDoubled(Quote quote, int start, StringRole role)
    {
        int behind = start + QuoteLength(quote);
        return QuoteAt(start) == quote && QuoteAt(behind) != quote &&
            (char.IsAsciiLetterOrDigit((char)At(behind)) || (role == StringRole.Name && At(SkipSpace(behind)) is not ((byte)':' or (byte)'=' or (byte)',' or (byte)'}' or (byte)']' or 0)));
    }
}
