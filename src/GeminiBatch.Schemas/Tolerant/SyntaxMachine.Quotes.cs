namespace GeminiBatch;

/// <summary>The marks that people, models and word processors put around strings.</summary>
internal enum Quote
{
    None,
    Double,
    Single,
    CurlyDouble,
    CurlySingle,
    Backtick,
    Acute,
}

internal ref partial struct SyntaxMachine
{
    private const int MostUnclosedStrings = 3;

    private readonly Quote QuoteAt(int at)
    {
        if (at >= _text.Length)
        {
            return Quote.None;
        }

        byte first = _text[at];
        if (first == (byte)'"' || _strict)
        {
            return first == (byte)'"' ? Quote.Double : Quote.None;
        }

        return first switch
        {
            (byte)'\'' => Quote.Single,
            (byte)'`' => Quote.Backtick,
            0xC2 when At(at + 1) == 0xB4 => Quote.Acute,
            0xE2 when At(at + 1) == 0x80 => At(at + 2) switch
            {
                0x9C or 0x9D or 0x9E => Quote.CurlyDouble,
                0x98 or 0x99 or 0x9A => Quote.CurlySingle,
                _ => Quote.None,
            },
            _ => Quote.None,
        };
    }

    private static int QuoteLength(Quote quote) => quote switch
    {
        Quote.None => 0,
        Quote.CurlyDouble or Quote.CurlySingle => 3,
        Quote.Acute => 2,
        _ => 1,
    };

    /// <summary>
    /// Whether a quote inside a string ends it, judged by what stands before and behind it. <paramref name="end"/> moves back to where the
    /// string ends when the quote belongs to the next name or item and the string's own quote is missing.
    /// </summary>
    private readonly bool Closes(Quote open, Quote here, ref int end, int after, StringRole role)
    {
        bool twin = open switch
        {
            Quote.CurlyDouble => here is Quote.CurlyDouble or Quote.Double,
            Quote.CurlySingle or Quote.Backtick => here is Quote.CurlySingle or Quote.Single or Quote.Backtick or Quote.Acute,
            _ => here == open,
        };
        bool cousin = (open, here) is (Quote.Double, Quote.CurlyDouble) or (Quote.Single, Quote.CurlySingle);
        if (!twin && !cousin)
        {
            return false;
        }

        if (twin && QuoteIsMissing(ref end, after, role))
        {
            return true;
        }

        int next = SkipSpace(after);
        if (next >= _text.Length)
        {
            return true;
        }

        byte follower = _text[next];
        if (cousin && follower is not ((byte)',' or (byte)'}' or (byte)']' or (byte)':'))
        {
            return false;
        }

        if (FenceAt(next) && open != Quote.Backtick)
        {
            return true;
        }

        return role switch
        {
            StringRole.Root => RootStringEnds(follower, next),
            StringRole.Name => NameEnds(follower, after),
            _ => ValueEnds(follower, after, next, role),
        };
    }

    private readonly bool RootStringEnds(byte follower, int next) =>
        follower is (byte)',' or (byte)';' || (follower == (byte)')' && _calls > 0) || Joins(follower, next) || CommentAt(next) ||
        (QuoteAt(next) != Quote.None && _text[..next].EndsWith("\n"u8));

    private readonly bool NameEnds(byte follower, int after)
    {
        if (follower is (byte)':' or (byte)'=' or (byte)',' or (byte)'}' or (byte)']')
        {
            return true;
        }

        // A quote with a colon later on the line ends the name; this one is part of it.
        for (int at = after; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case (byte)',' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n':
                    return true;
                case (byte)'"' when At(SkipSpace(at + 1)) == (byte)':':
                    return false;
                case (byte)'\\':
                    at++;
                    break;
            }

            if (at - after > NameFolding.LongestName)
            {
                return true;
            }
        }

        return true;
    }

    private readonly bool ValueEnds(byte follower, int after, int next, StringRole role)
    {
        switch (follower)
        {
            case (byte)'}' or (byte)']':
                return CloserFits(next);
            case (byte)',':
                return role == StringRole.Item ? ItemFollows(next + 1) : MemberFollows(next + 1);
            case (byte)')':
                return _calls > 0 || InParentheses();
            case (byte)';':
                return IsDelimiter(At(SkipSpace(next + 1)));
            case (byte)':':
                return role == StringRole.Member && (EchoEnds(after) || StrayThenName(next));
            case (byte)'{' or (byte)'[' when role == StringRole.Member && StrayThenName(next):
                return true;
        }

        if (Joins(follower, next) || CommentAt(next))
        {
            return true;
        }

        if (LiteralThenDelimiter(next))
        {
            return true;
        }

        bool newLine = _text[after..next].Contains((byte)'\n');
        if (role == StringRole.Member)
        {
            return NameAhead(next, out NameGuess name) && (name.Quoted || newLine);
        }

        if (QuoteAt(next) != Quote.None)
        {
            return next > after;
        }

        return follower is (byte)'{' or (byte)'[' ? newLine : NumberStandsAlone(next);
    }

    // "a": "b, "c": 1 and ["a, "b"]: the quote opens the next name or item, and the one before the comma is missing.
    private readonly bool QuoteIsMissing(ref int end, int after, StringRole role)
    {
        int before = end - 1;
        while (before > 0 && _text[before] is (byte)' ' or (byte)'\t' or (byte)'\r' || (role == StringRole.Item && before > 0 && _text[before] == (byte)'\n'))
        {
            before--;
        }

        byte previous = before >= 0 ? _text[before] : (byte)0;
        bool missing = role switch
        {
            StringRole.Name => previous == (byte)':' && At(SkipSpace(after)) != (byte)':' && !IsDelimiter(At(after)),
            StringRole.Member => previous is (byte)',' or (byte)'\n' && NameAhead(end, out _),
            StringRole.Item => previous is (byte)',' && OpensItem(after, _text[end]),
            _ => false,
        };
        if (!missing)
        {
            return false;
        }

        end = before;
        while (role != StringRole.Name && end > 0 && _text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',')
        {
            end--;
        }

        return true;
    }

    private readonly bool OpensItem(int start, byte quote)
    {
        if (start >= _text.Length || IsDelimiter(_text[start]) || _text[start] is (byte)' ' or (byte)'\n')
        {
            return false;
        }

        int close = _text[start..].IndexOf(quote);
        return close > 0 && At(SkipSpace(start + close + 1)) is (byte)',' or (byte)']';
    }

    private readonly bool Joins(byte follower, int next) => follower == (byte)'+' && (QuoteAt(SkipSpace(next + 1)) != Quote.None || CommentAt(SkipSpace(next + 1)));

    // "text" true}: a literal got behind the value.
    private readonly bool LiteralThenDelimiter(int at)
    {
        ReadOnlySpan<byte> rest = _text[at..];
        int length = rest.StartsWith("true"u8) || rest.StartsWith("null"u8) ? 4 : rest.StartsWith("false"u8) ? 5 : 0;
        return length > 0 && At(SkipSpace(at + length)) is (byte)',' or (byte)'}' or (byte)']';
    }

    private readonly bool EchoEnds(int after)
    {
        ReadOnlySpan<byte> name = TokenText(_pendingName);
        return name.Length > 0 && after - name.Length - 2 >= 0 && _text.Slice(after - name.Length - 1, name.Length).SequenceEqual(name) &&
            QuoteAt(after - name.Length - 2) != Quote.None;
    }

    private readonly bool InParentheses() => _depth > 0 && _tree[Owner].Has(NodeFlags.Parenthesised);

    /// <summary>Looks for the end of a string whose end quote was forgotten: where the next name, item or the last brackets begin.</summary>
    private readonly bool ForgottenQuote(StringRole role, int start, out int end)
    {
        end = _text.Length;
        int tail = TailStart();
        if (role == StringRole.Root || tail >= _text.Length || _depth == 0)
        {
            return false;
        }

        for (int at = start; at < tail; at++)
        {
            byte here = _text[at];
            bool line = here == (byte)'\n';
            int next = line || here == (byte)',' ? SkipSpace(at + 1) : at;
            bool ends = role switch
            {
                StringRole.Name => here == (byte)':',
                StringRole.Item => line || here is (byte)',' or (byte)']',
                _ => (line || here == (byte)',') && NameAhead(next, out _),
            };
            if (ends)
            {
                end = at;
                return true;
            }

            at = line ? next - 1 : at;
        }

        end = Math.Max(start, tail);
        return role != StringRole.Name;
    }

    // The brackets at the very end of the text, a fence behind them aside.
    private readonly int TailStart()
    {
        int at = _text.Length;
        int tail = _text.Length;
        int left = _depth;
        while (at > 0 && left > 0)
        {
            byte last = _text[at - 1];
            if (last is (byte)'}' or (byte)']')
            {
                left--;
                tail = at - 1;
            }
            else if (last is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)';') && !(last == (byte)'`' && tail == _text.Length))
            {
                break;
            }

            at--;
        }

        return tail;
    }
}
