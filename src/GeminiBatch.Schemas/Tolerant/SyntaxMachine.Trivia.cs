namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    /// <summary>Passes white space and comments; what JSON does not know is reported.</summary>
    private void SkipTrivia()
    {
        // The first byte tells almost always.
        if (_position < _text.Length && _text[_position] is > (byte)' ' and < 0x80 and not ((byte)'/' or (byte)'#' or (byte)'\\'))
        {
            return;
        }

        while (_position < _text.Length)
        {
            while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                _position++;
            }

            if (_strict || _position >= _text.Length || _text[_position] is > (byte)' ' and < 0x80 and not ((byte)'/' or (byte)'#' or (byte)'\\'))
            {
                return;
            }

            int other = OtherSpace(_position);
            if (other > 0)
            {
                Mend(AnswerRepairKind.EncodingMended, _position, other, "white space");
                _position += other;
            }
            else if (CommentAt(_position))
            {
                int start = _position;
                _position = CommentEnd(start);
                Mend(AnswerRepairKind.Comment, start, _position - start);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The first position from here on that is no white space.</summary>
    private readonly int SkipSpace(int at)
    {
        while (at < _text.Length)
        {
            byte here = _text[at];
            if (here is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                at++;
                continue;
            }

            int other = here >= 0x80 || here == (byte)'\\' ? OtherSpace(at) : 0;
            if (other == 0)
            {
                break;
            }

            at += other;
        }

        return at;
    }

    // White space that JSON does not count as such, and line breaks that were escaped where none was needed.
    private readonly int OtherSpace(int at)
    {
        if (_text[at] == (byte)'\\')
        {
            return At(at + 1) is (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        }

        if (_text[at] is (byte)'\v' or (byte)'\f')
        {
            return 1;
        }

        return WhiteSpace.LengthAt(_text, at);
    }

    private readonly bool CommentAt(int at) => At(at) switch
    {
        (byte)'/' => At(at + 1) is (byte)'/' or (byte)'*',
        (byte)'#' => true,
        _ => false,
    };

    private readonly int CommentEnd(int start)
    {
        if (At(start + 1) == (byte)'*')
        {
            int end = _text[(start + 2)..].IndexOf("*/"u8);
            return end < 0 ? _text.Length : start + 2 + end + 2;
        }

        int line = _text[start..].IndexOf((byte)'\n');
        return line < 0 ? _text.Length : start + line;
    }

    private readonly bool FenceAt(int at) => At(at) == (byte)'`' && At(at + 1) == (byte)'`' && At(at + 2) == (byte)'`';

    // A fence where a name, comma or bracket should stand ends the block; inside a list it may also just begin one.
    private bool AtFence()
    {
        if (_strict || !FenceAt(_position))
        {
            return false;
        }

        int behind = _position + 3;
        while (behind < _text.Length && char.IsAsciiLetter((char)_text[behind]))
        {
            behind++;
        }

        int next = SkipSpace(behind);
        if (_frames[_depth - 1].IsObject || _tree[Owner].Count > 0 || At(next) is not ((byte)'{' or (byte)'['))
        {
            return true;
        }

        Mend(AnswerRepairKind.FenceRemoved, _position, behind - _position);
        _position = next;
        return false;
    }

    // "```json {"a": 1}```": a value in a fence in quotes, whose own quotes were not escaped. Returns where it begins.
    private readonly int FencedValue(int quote, int type)
    {
        if (_depth == 0 || (type >= 0 && _schema!.KindOf(type) == SchemaKind.String) || _fencedDepth >= 0 || _text[quote] != (byte)'"' || !FenceAt(quote + 1))
        {
            return 0;
        }

        int tag = quote + 4;
        while (tag < _text.Length && char.IsAsciiLetter((char)_text[tag]))
        {
            tag++;
        }

        int value = SkipSpace(tag);
        int brace = At(value) == (byte)'[' ? SkipSpace(value + 1) : value;
        return At(brace) == (byte)'{' && NameAhead(SkipSpace(brace + 1), out NameGuess name) && name.Quoted ? value : 0;
    }

    // The fence and the quote behind such a value.
    private bool LeaveFencedString()
    {
        int quote = SkipSpace(_position + 3);
        if (_fencedDepth < 0 || At(quote) != (byte)'"')
        {
            return false;
        }

        while (_depth > _fencedDepth && Fault == SyntaxFault.None)
        {
            PopUnclosed();
        }

        _fencedDepth = -1;
        _position = quote + 1;
        return true;
    }

    private bool SkipEllipsis()
    {
        if (_strict || !_text[_position..].StartsWith("..."u8))
        {
            return false;
        }

        Mend(AnswerRepairKind.ProseRemoved, _position, 3, "ellipsis");
        _position += 3;
        SkipTrivia();
        if (_position < _text.Length && Current == (byte)',' && (_frames[_depth - 1].Separator >= 0 || _tree[Owner].Count == 0))
        {
            _position++;
        }
        else if (_position < _text.Length && IsDelimiter(Current))
        {
            _frames[_depth - 1].Separator = -1;
        }

        return true;
    }
}
