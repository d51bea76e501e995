using System.Buffers;

namespace GeminiBatch;

/// <summary>Where a string stands: that decides which quotes can end it.</summary>
internal enum StringRole
{
    Root,
    Name,
    Member,
    Item,
}

/// <summary>A string or bare name as it was read: its text in the source or, once mended, in the arena.</summary>
internal readonly record struct StringToken(int Start, int Length, bool InArena, bool Quoted, bool Cut);

internal ref partial struct SyntaxMachine
{
    private static readonly SearchValues<byte> StrictStops = SearchValues.Create([(byte)'"', (byte)'\\', .. Controls()]);
    private static readonly SearchValues<byte> DoubleStops = SearchValues.Create([(byte)'"', (byte)'\\', 0xE2, .. Controls()]);
    private static readonly SearchValues<byte> OtherStops =
        SearchValues.Create([(byte)'"', (byte)'\'', (byte)'`', (byte)'\\', 0xC2, 0xE2, .. Controls()]);

    private static byte[] Controls() => [.. Enumerable.Range(0, 0x20).Select(value => (byte)value)];

    private readonly ReadOnlySpan<byte> TokenText(StringToken token) =>
        token.InArena ? _tree.Arena(token.Start, token.Length) : _text.Slice(token.Start, token.Length);

    private int ReadStringValue(int parent, int type)
    {
        int start = _position;
        int repairs = _tree.RepairCount;
        if (!_strict && FencedValue(start, type) is var inside and > 0)
        {
            Mend(AnswerRepairKind.FenceRemoved, start, inside - start);
            _position = inside;
            _fencedDepth = _depth;
            return ReadValue(parent, type);
        }

        StringRole role = parent < 0 && _depth == 0 ? StringRole.Root : _depth > 0 && _frames[_depth - 1].IsObject ? StringRole.Member : StringRole.Item;
        int node = _tree.Add(NodeKind.String, start);
        Attach(parent, node);
        StringToken token = ReadString(role);
        if (!_strict)
        {
            token = Concatenate(token, role);
            _tree.Own(repairs, Owner, node);
        }

        ref AnswerNode value = ref _tree[node];
        (value.TextStart, value.TextLength, value.End) = (token.Start, token.Length, _position);
        value.Flags |= (token.InArena ? NodeFlags.TextInArena : NodeFlags.None) | (token.Cut ? NodeFlags.Cut : NodeFlags.None);
        return node;
    }

    // "a" + "b" is one string.
    private StringToken Concatenate(StringToken token, StringRole role)
    {
        while (!token.Cut && Fault == SyntaxFault.None && !IsDelimiter(At(_position)))
        {
            int plus = SkipSpace(_position);
            if (At(plus) != (byte)'+')
            {
                break;
            }

            int mark = _position;
            _position = plus + 1;
            SkipTrivia();
            if (_position >= _text.Length || QuoteAt(_position) == Quote.None)
            {
                _position = mark;
                break;
            }

            Mend(AnswerRepairKind.StringMended, plus, 1, "concatenation");
            if (!token.InArena || token.Start + token.Length != _tree.ArenaLength)
            {
                int moved = _tree.ArenaLength;
                _tree.Append(TokenText(token));
                token = token with { Start = moved, InArena = true };
            }

            StringToken next = ReadString(role);
            if (!next.InArena)
            {
                _tree.Append(TokenText(next));
            }

            token = token with { Length = token.Length + next.Length, Cut = next.Cut };
        }

        return token;
    }

    private StringToken ReadString(StringRole role)
    {
        int open = _position;
        if (!_strict && _text[open] == (byte)'"' && PlainEnd(open + 1, role) is var end and > 0)
        {
            _position = end + 1;
            return new StringToken(open + 1, end - open - 1, InArena: false, Quoted: true, Cut: false);
        }

        Quote quote = QuoteAt(open);
        int length = QuoteLength(quote);
        if (quote != Quote.Double)
        {
            Mend(AnswerRepairKind.SingleQuotes, open, length);
        }

        if (!_strict && IsTriple(quote, open))
        {
            return ReadTriple(quote);
        }

        int start = open + length;
        if (!_strict && role == StringRole.Name && UnclosedName(start, out int colon))
        {
            Mend(AnswerRepairKind.StringMended, colon, 0, "missing end quote");
            _position = colon;
            return new StringToken(start, colon - start, InArena: false, Quoted: true, Cut: false);
        }

        bool doubled = !_strict && IsDoubled(quote, start, role);
        if (doubled)
        {
            Mend(AnswerRepairKind.StringMended, start, length, "quote");
            start += length;
        }

        SearchValues<byte> stops = _strict ? StrictStops : quote == Quote.Double ? DoubleStops : OtherStops;
        int arenaStart = _tree.ArenaLength;
        int kept = start;
        int at = start;
        int nested = 0;
        int inner = 0;
        int shaped = -1;
        while (Fault == SyntaxFault.None)
        {
            int skip = at < _text.Length ? _text[at..].IndexOfAny(stops) : -1;
            if (skip < 0)
            {
                return IsEnd(shaped, kept, role) ? EndAt(shaped, start, kept, arenaStart) : EndOfText(role, start, kept, arenaStart);
            }

            at += skip;
            byte stop = _text[at];
            if (stop == (byte)'\\')
            {
                _tree.Append(_text[kept..at]);
                at = ReadEscape(at);
                kept = at;
                continue;
            }

            if (stop < 0x20)
            {
                Mend(AnswerRepairKind.StringMended, at, 1, "control character");
                at++;
                continue;
            }

            Quote here = _strict ? Quote.Double : QuoteAt(at);
            int width = Math.Max(1, QuoteLength(here));
            end = at;
            if (quote == Quote.Double && here == Quote.CurlyDouble && Nests(at, ref nested))
            {
                at += width;
                continue;
            }

            bool twice = doubled && here == quote && QuoteAt(at + width) == quote;
            int behind = at + width;
            bool closes = here != Quote.None && (_strict || twice || Closes(quote, here, ref end, at + width, role) ||
                (here == quote && inner % 2 == 0 && role == StringRole.Member && IsFollowedByStray(quote, ref behind)));
            if (!closes)
            {
                if (here != Quote.None && here == quote)
                {
                    Mend(AnswerRepairKind.StringMended, at, width, "quote");
                    shaped = ++inner % 2 == 1 && ClosesByShape(at, width) ? at : -1;
                }

                at += width;
                continue;
            }

            if (here != quote && end == at)
            {
                Mend(AnswerRepairKind.SingleQuotes, at, width);
            }

            _position = end == at ? behind : end;
            if (end != at)
            {
                Mend(AnswerRepairKind.StringMended, end, 0, "missing end quote");
            }
            else if (behind > at + width)
            {
                Mend(AnswerRepairKind.StringMended, behind - width, width, "quote");
            }
            else if (twice)
            {
                _position += width;
            }

            return Finish(start, kept, WithoutLayout(kept, end), arenaStart, cut: false);
        }

        return default;
    }

    /// <summary>The end of a string about which nothing is in doubt: plain text, a quote, and behind it what must stand there; -1 for any other.</summary>
    private readonly int PlainEnd(int start, StringRole role)
    {
        int length = role == StringRole.Root ? -1 : _text[start..].IndexOfAny(DoubleStops);
        int end = start + length;
        if (length < 1 || _text[end] != (byte)'"' || _text[end - 1] is (byte)',' or (byte)':' or <= (byte)' ')
        {
            return -1;
        }

        byte next = At(end + 1);
        bool ends = (next, role) switch
        {
            ((byte)':', StringRole.Name) => _text.Slice(start, length).IndexOf((byte)':') < 0,
            ((byte)',', StringRole.Member) => MemberFollows(end + 2),
            ((byte)',', StringRole.Item) => ItemFollows(end + 2),
            ((byte)'}' or (byte)']', StringRole.Member or StringRole.Item) => CloserFits(end + 1),
            _ => false,
        };
        return ends ? end : -1;
    }

    // A raw line break right before the end quote is layout: JSON has no such thing as a raw line break in a text.
    private readonly int WithoutLayout(int kept, int end)
    {
        if (_strict)
        {
            return end;
        }

        int trimmed = end;
        while (trimmed > kept && WhiteSpace.IsAscii(_text[trimmed - 1]))
        {
            trimmed--;
        }

        return _text[trimmed..end].Contains((byte)'\n') ? trimmed : end;
    }

    private readonly StringToken Finish(int start, int kept, int end, int arenaStart, bool cut)
    {
        end = Math.Max(end, kept);
        bool mended = kept > start || _tree.ArenaLength > arenaStart;
        if (!mended)
        {
            return new StringToken(start, end - start, InArena: false, Quoted: true, cut);
        }

        _tree.Append(_text[kept..end]);
        return new StringToken(arenaStart, _tree.ArenaLength - arenaStart, InArena: true, Quoted: true, cut);
    }

    // No quote ends the string. Where the text's last brackets close what is open, the quote was forgotten; otherwise the text was cut.
    private StringToken EndOfText(StringRole role, int start, int kept, int arenaStart)
    {
        if (_strict)
        {
            Stop(SyntaxFault.InvalidSyntax, _text.Length, "end of text", Owner);
            return default;
        }

        if (_unclosedStrings++ < MostUnclosedStrings && ForgottenQuote(role, start, out int end))
        {
            Mend(AnswerRepairKind.StringMended, end, 0, "missing end quote");
            _position = end;
            if (end < kept)
            {
                _tree.CutArena(arenaStart);
                kept = start;
            }

            while (end > kept && _text[end - 1] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                end--;
            }

            // Only the quote is missing here if anything follows the string; before the last brackets it may have been cut.
            bool cut = role != StringRole.Name && CloserFollows(_position, 0);
            Cut |= cut;
            return Finish(start, kept, end, arenaStart, cut);
        }

        Cut = true;
        _position = _text.Length;
        return Finish(start, kept, _text.Length, arenaStart, cut: true);
    }
}
