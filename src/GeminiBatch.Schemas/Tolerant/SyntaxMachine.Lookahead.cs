using System.Buffers;

namespace GeminiBatch;

/// <summary>What looks like a member's name, with the colon behind it.</summary>
internal readonly record struct NameGuess(int Start, int Length, bool Quoted);

internal ref partial struct SyntaxMachine
{
    private const int LongestGuess = 96;

    private static readonly SearchValues<byte> NameStops = SearchValues.Create([(byte)'"', (byte)'\'', (byte)'`', (byte)'{', (byte)'[', 0xC2, 0xE2, .. Controls()]);

    private static bool IsDelimiter(byte value) =>
        value is (byte)',' or (byte)'}' or (byte)']' or (byte)':' or (byte)'{' or (byte)'[' or 0;

    /// <summary>Whether a name and its colon begin here. Looks no further than the next quote.</summary>
    private readonly bool NameAhead(int at, out NameGuess name)
    {
        name = default;
        Quote quote = QuoteAt(at);
        int start = at + QuoteLength(quote);
        int limit = Math.Min(_text.Length, start + LongestGuess);
        int end = quote == Quote.None ? BareEnd(start, limit) : QuotedEnd(start, limit);

        if (end >= limit || (end == start && quote == Quote.None))
        {
            return false;
        }

        int colon = SkipSpace(quote == Quote.None ? end : end + QuoteLength(QuoteAt(end)));
        bool closed = quote == Quote.None || QuoteAt(end) != Quote.None;
        if (!closed || At(colon) != (byte)':' || (quote == Quote.None && At(colon + 1) == (byte)'/'))
        {
            return false;
        }

        int length = end - start;
        while (quote == Quote.None && length > 0 && _text[start + length - 1] == (byte)' ')
        {
            length--;
        }

        name = new NameGuess(start, length, quote != Quote.None);
        return (length > 0 || quote == Quote.Double) && (quote != Quote.None || !char.IsAsciiDigit((char)_text[start]) || IsKnown(name));
    }

    private readonly int BareEnd(int start, int limit)
    {
        int end = start;
        while (end < limit && IsNameByte(_text[end]))
        {
            end++;
        }

        return end;
    }

    private readonly int QuotedEnd(int start, int limit)
    {
        int end = Math.Min(start, limit);
        while (end < limit)
        {
            int stop = _text[end..limit].IndexOfAny(NameStops);
            end = stop < 0 ? limit : end + stop;
            if (end >= limit || _text[end] < 0x80 || QuoteAt(end) != Quote.None)
            {
                break;
            }

            end++;
        }

        return end;
    }

    private static bool IsNameByte(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'$' or (byte)'-' or (byte)' ' || value >= 0x80;

    private readonly bool IsKnown(NameGuess name)
    {
        for (int frame = _depth - 1; frame >= 0; frame--)
        {
            if (FindField(_frames[frame].Type, name) >= 0)
            {
                return true;
            }
        }

        return _schema is null;
    }

    // What stands behind a comma in an object: another name, the end of the object, or nothing any more.
    private readonly bool MemberFollows(int at)
    {
        int next = SkipSpace(at);
        if (At(next) == (byte)'"' && NameAhead(next, out _))
        {
            return true;
        }

        if (next >= _text.Length || CommentAt(next) || FenceAt(next))
        {
            return true;
        }

        byte here = _text[next];
        if (here is (byte)'}' or (byte)']')
        {
            return CloserFits(next);
        }

        if (here is (byte)',' || _text[next..].StartsWith("..."u8))
        {
            return true;
        }

        if (NameAhead(next, out NameGuess name))
        {
            return name.Quoted || _schema is null || IsKnown(name) || _text[at..next].Contains((byte)'\n');
        }

        if (QuoteAt(next) != Quote.None)
        {
            // A name that is cut off, that holds quotes, or that lacks its quote or colon.
            int rest = next + QuoteLength(QuoteAt(next));
            int length = _text[rest..].IndexOf(here);
            return length < 0 || _text[at..next].Contains((byte)'\n') || LacksColon(rest, length) || UnclosedName(rest, out _) || !NameEnds(0, rest);
        }

        if (here is (byte)'[' or (byte)'{')
        {
            return _text[at..next].Contains((byte)'\n') || QuoteAt(SkipSpace(next + 1)) != Quote.None;
        }

        return WordsThenName(next);
    }

    // "city: null: a name of the schema whose end quote is missing.
    private readonly bool UnclosedName(int start, out int colon)
    {
        int limit = Math.Min(_text.Length, start + LongestGuess);
        colon = start;
        while (colon < limit && IsNameByte(_text[colon]))
        {
            colon++;
        }

        return _schema is not null && colon > start && colon < limit && _text[colon] == (byte)':' && IsKnown(new NameGuess(start, colon - start, Quoted: true));
    }

    private readonly bool LacksColon(int name, int length)
    {
        byte behind = At(SkipSpace(name + length + 1));
        return length is > 0 and <= LongestGuess && (_schema is null
            ? behind is (byte)'{' or (byte)'[' || char.IsAsciiDigit((char)behind)
            : IsKnown(new NameGuess(name, length, Quoted: true)));
    }

    // A bracket or colon that got between a value and the next name.
    private readonly bool StrayThenName(int at)
    {
        int strays = 0;
        int next = at;
        while (next < _text.Length && strays < 3 && _text[next] is (byte)'{' or (byte)'[' or (byte)'}' or (byte)']' or (byte)':' or (byte)',' or (byte)';')
        {
            strays++;
            next = SkipSpace(next + 1);
        }

        return strays > 0 && NameAhead(next, out NameGuess name) && name.Quoted && (_schema is null ? _text[at..next].Contains((byte)'\n') : IsKnown(name));
    }

    // A few stray words between the comma and the next name: , COMMENT "notes": …
    private readonly bool WordsThenName(int at)
    {
        int end = at;
        while (end < _text.Length && end - at < LongestGuess && IsNameByte(_text[end]))
        {
            end++;
        }

        return end > at && _text[end - 1] == (byte)' ' && NameAhead(end, out NameGuess name) && name.Quoted;
    }

    // What stands behind a comma in a list: another value or the end of the list.
    private readonly bool ItemFollows(int at)
    {
        int next = SkipSpace(at);
        if (next >= _text.Length || CommentAt(next) || FenceAt(next))
        {
            return true;
        }

        byte here = _text[next];
        if (here is (byte)'}' or (byte)']')
        {
            return CloserFits(next);
        }

        if (QuoteAt(next) != Quote.None || here is (byte)'{' or (byte)'[' or (byte)'(' or (byte)',' or (byte)'-' or (byte)'.' || char.IsAsciiDigit((char)here))
        {
            return true;
        }

        // Words without quotes are an item if no quote comes before the next comma or bracket.
        int stop = _text[next..].IndexOfAny("\",]\n"u8);
        return stop < 0 || _text[next + stop] != (byte)'"' || At(SkipSpace(next + stop + 1)) is (byte)',' or (byte)']' or (byte)':';
    }

    /// <summary>Whether the closing brackets from here on close what is open, and what follows them fits outside.</summary>
    private readonly bool CloserFits(int at)
    {
        int left = _depth;
        int next = at;
        bool newLine = false;
        bool matches = true;
        while (next < _text.Length && left > 0 && _text[next] is (byte)'}' or (byte)']')
        {
            matches &= _frames[--left].IsObject == (_text[next] == (byte)'}');
            int behind = SkipSpace(++next);
            newLine = _text[next..behind].Contains((byte)'\n');
            next = behind;
        }

        if (next >= _text.Length || FenceAt(next) || CommentAt(next) || (newLine && matches && (left == 0 || QuoteAt(next) == Quote.None)))
        {
            return true;
        }

        byte here = _text[next];
        if (matches && here is (byte)',' or (byte)'{' or (byte)'[' or (byte)'}' or (byte)']' or (byte)')' or (byte)';')
        {
            return true;
        }

        if (left > 0)
        {
            return NameAhead(next, out _) || (here == (byte)',' && NameAhead(SkipSpace(next + 1), out _)) || (matches && QuoteAt(next) != Quote.None && !_frames[left - 1].IsObject);
        }

        // Behind the root anything may stand, but not the rest of a string.
        int stop = _text[next..].IndexOfAny((byte)'"', (byte)'\n');
        return stop < 0 || _text[next + stop] == (byte)'\n' || At(SkipSpace(next + stop + 1)) is not ((byte)'}' or (byte)']' or (byte)',');
    }

    private readonly bool CloserFollows(int at, byte closer)
    {
        byte next = At(SkipSpace(at));
        return closer == 0 ? next is (byte)'}' or (byte)']' : next == closer;
    }

    private readonly bool NumberStandsAlone(int at)
    {
        int end = at;
        while (end < _text.Length && end - at < LongestGuess && (char.IsAsciiDigit((char)_text[end]) || _text[end] is (byte)'-' or (byte)'.' or (byte)'e'))
        {
            end++;
        }

        int next = SkipSpace(end);
        return end > at && (next >= _text.Length || _text[next] is (byte)',' or (byte)']');
    }
}
