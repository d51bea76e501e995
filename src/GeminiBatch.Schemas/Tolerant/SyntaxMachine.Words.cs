using System.Buffers;
using GeminiBatch.Runtime;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private static readonly SearchValues<byte> TokenStops = SearchValues.Create(" \n\r\t,:]}[{\""u8);

    private StringToken ReadBareName()
    {
        int start = _position;
        if (_strict || (IsEscapedQuote(start) && AtFirstName()))
        {
            Escaped = !_strict;
            Stop(SyntaxFault.InvalidSyntax, start, "a name in double quotes is missing", Owner);
            return default;
        }

        int end = start;
        while (end < _text.Length && !(end > start && _text[end - 1] == (byte)' ' && QuoteAt(end) != Quote.None) && _text[end] is not ((byte)':' or (byte)'=' or (byte)',' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n' or (byte)'"'))
        {
            end++;
        }

        _position = end;
        bool closed = end < _text.Length && _text[end] == (byte)'"' && At(SkipSpace(end + 1)) == (byte)':';
        if (closed)
        {
            _position++;
        }

        ReadOnlySpan<byte> name = WhiteSpace.Trim(_text[start..end]);
        if (name.Length > 0 && end < _text.Length)
        {
            Mend(AnswerRepairKind.UnquotedName, start, name.Length);
        }

        return new StringToken(start, name.Length, InArena: false, Quoted: closed, Cut: end >= _text.Length);
    }

    private readonly bool AtFirstName() => _depth == 0 || (_depth == 1 && _tree[Owner].Count == 0);

    private readonly bool IsEscapedQuote(int at) => At(at) == (byte)'\\' && (At(at + 1) == (byte)'"' || (At(at + 1) == (byte)'\\' && At(at + 2) == (byte)'"'));

    private int ReadWordValue(int parent, int type)
    {
        int start = _position;
        if (PlainNumberLength(start) is var digits and > 0)
        {
            int number = _tree.Add(NodeKind.Number, start);
            Attach(parent, number);
            _position = start + digits;
            ref AnswerNode read = ref _tree[number];
            (read.TextStart, read.TextLength, read.End) = (start, digits, _position);
            return number;
        }

        if (!_strict && IsEscapedQuote(start) && AtFirstName())
        {
            Escaped = true;
            Stop(SyntaxFault.InvalidSyntax, start, "escaped quote", Owner);
            return _tree.Add(NodeKind.Absent, start);
        }

        if (!_strict && CallLength(start) is var call and > 0)
        {
            return ReadCall(parent, type, call);
        }

        int end = _strict ? TokenEnd(start) : WordEnd(start);
        ReadOnlySpan<byte> word = _text[start..end];
        int trimmed = word.Length;
        while (trimmed > 0 && WhiteSpace.IsAscii(word[trimmed - 1]))
        {
            trimmed--;
        }

        word = word[..trimmed];
        NodeKind kind = Classify(word);
        int node = _tree.Add(kind, start);
        Attach(parent, node);
        _position = end;
        ref AnswerNode value = ref _tree[node];
        (value.TextStart, value.TextLength, value.End) = (start, trimmed, start + trimmed);
        if (end >= _text.Length && _depth > 0)
        {
            value.Flags |= NodeFlags.Cut;
        }

        if (_strict && kind == NodeKind.Word)
        {
            Stop(SyntaxFault.InvalidSyntax, start, trimmed == 0 ? "a value is missing" : "no JSON value", node);
        }
        else if (trimmed == 0)
        {
            DropStray(1);
            _tree[node].Kind = NodeKind.Absent;
        }
        else if (word is [(byte)'-'] && trimmed < end - start)
        {
            // A dash with white space behind it is a bullet; without it, a number that was cut off.
            _tree.Report(AnswerRepairKind.StrayBracket, node, start, 1);
            _tree[node].Kind = NodeKind.Absent;
        }
        else if (kind == NodeKind.Word)
        {
            bool halfQuoted = At(end) == (byte)'"' && EndsHalfQuoted(end);
            _tree.Report(AnswerRepairKind.UnquotedValue, node, start, trimmed + (halfQuoted ? 1 : 0));
            _position += halfQuoted ? 1 : 0;
            if (halfQuoted && word.Contains((byte)'\\'))
            {
                DecodeWord(node, start, start + trimmed);
            }
        }
        else if (kind != NodeKind.Number && !IsLiteral(word))
        {
            _tree.Report(AnswerRepairKind.LiteralMended, node, start, trimmed);
        }

        return node;
    }

    // A number behind which the next comma, bracket or line follows: nothing about it is in doubt.
    private readonly int PlainNumberLength(int start)
    {
        if (_depth == 0 || !(char.IsAsciiDigit((char)_text[start]) || _text[start] == (byte)'-'))
        {
            return 0;
        }

        int length = JsonText.NumberLength(_text[start..], out _);
        int end = start + length;
        byte next = At(end);
        bool ends = next is (byte)'}' or (byte)']' || (next == (byte)',' && !char.IsAsciiDigit((char)At(end + 1)));
        return ends ? length : 0;
    }

    // A string that only lacks its first quote has escapes like any other.
    private void DecodeWord(int node, int start, int end)
    {
        int decoded = _tree.ArenaLength;
        while (start < end)
        {
            int plain = _text[start..end].IndexOf((byte)'\\');
            if (plain < 0)
            {
                break;
            }

            _tree.Append(_text.Slice(start, plain));
            start = ReadEscape(start + plain);
        }

        _tree.Append(_text[Math.Min(start, end)..end]);
        ref AnswerNode value = ref _tree[node];
        (value.TextStart, value.TextLength) = (decoded, _tree.ArenaLength - decoded);
        value.Flags |= NodeFlags.TextInArena;
    }

    private static bool IsLiteral(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8);

    private readonly int TokenEnd(int start)
    {
        int length = _text[start..].IndexOfAny(TokenStops);
        return length < 0 ? _text.Length : start + length;
    }

    /// <summary>Where a value without quotes ends: at the comma, bracket, line or name behind which the next thing begins.</summary>
    private readonly int WordEnd(int start)
    {
        bool inObject = _depth > 0 && _frames[_depth - 1].IsObject;
        int token = NumberOrLiteralEnd(start);
        if (token > start)
        {
            return token;
        }

        int braces = 0;
        int at = start;
        for (; at < _text.Length; at++)
        {
            byte here = _text[at];
            switch (here)
            {
                case (byte)'{' or (byte)'[' when _depth > 0:
                    if (QuoteAt(SkipSpace(at + 1)) != Quote.None)
                    {
                        return at;
                    }

                    braces++;
                    continue;
                case (byte)'}' or (byte)']' when braces > 0:
                    braces--;
                    continue;
                case (byte)'}' or (byte)']' when _depth > 0:
                case (byte)')' when _calls > 0 || InParentheses():
                case (byte)'`' when FenceAt(at):
                    return at;
                case (byte)',' when _depth > 0 && (!inObject || MemberFollows(at + 1)):
                    return at;
                case (byte)'\n':
                    if (_depth == 0 || LineEnds(at, inObject))
                    {
                        return at;
                    }

                    // The blank lines behind it end no more than this one did.
                    at = SkipSpace(at) - 1;
                    continue;
                case (byte)',' when _depth == 0:
                    return at;
                case (byte)'/' or (byte)'#' when at > start && WhiteSpace.IsAscii(_text[at - 1]) && CommentAt(at):
                    return at;
                case (byte)'"' when at > start && _depth > 0:
                    // The end quote of a string that lacks the first one, or the next name after a missing comma.
                    if (EndsHalfQuoted(at) || (inObject && NameAhead(at, out _)))
                    {
                        return at;
                    }

                    continue;
            }
        }

        return at;
    }

    private readonly bool EndsHalfQuoted(int at) => At(SkipSpace(at + 1)) is (byte)',' or (byte)'}' or (byte)']' && !_text[(at - 1)..at].Contains((byte)' ');

    private readonly bool LineEnds(int at, bool inObject)
    {
        int next = SkipSpace(at);
        if (next >= _text.Length || _text[next] is (byte)'}' or (byte)']' || !inObject)
        {
            return true;
        }

        return NameAhead(next, out _);
    }

    // A number or literal that is followed by what may follow a value.
    private readonly int NumberOrLiteralEnd(int start)
    {
        int end = start;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit((char)_text[end]) || _text[end] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            end++;
        }

        NodeKind kind = end > start ? Classify(_text[start..end]) : NodeKind.Word;
        if (kind == NodeKind.Word)
        {
            return start;
        }

        int next = SkipSpace(end);
        if (next >= _text.Length || CommentAt(next) || FenceAt(next))
        {
            return end;
        }

        bool grouped = kind == NodeKind.Number && _text[next] == (byte)',' && next == end && _depth > 0 && _frames[_depth - 1].IsObject &&
            char.IsAsciiDigit((char)At(next + 1));
        if (_text[next] is (byte)',' or (byte)'}' or (byte)']' or (byte)')' or (byte)'{' or (byte)'[')
        {
            return grouped ? start : end;
        }

        if (_depth > 0 && (QuoteAt(next) != Quote.None || NameAhead(next, out _)) && next > end)
        {
            return end;
        }

        bool newLine = _text[end..next].Contains((byte)'\n');
        return newLine || (next > end && _depth > 0 && !_frames[_depth - 1].IsObject && kind == NodeKind.Number) ? end : start;
    }

    private readonly NodeKind Classify(ReadOnlySpan<byte> word)
    {
        if (word.Length == 0)
        {
            return NodeKind.Word;
        }

        if (NumberText.IsJson(word))
        {
            return NodeKind.Number;
        }

        return word.Length > 9 ? NodeKind.Word : word switch
        {
            _ when word.SequenceEqual("true"u8) => NodeKind.True,
            _ when word.SequenceEqual("false"u8) => NodeKind.False,
            _ when word.SequenceEqual("null"u8) => NodeKind.Null,
            _ when _strict => NodeKind.Word,
            _ when word.SequenceEqual("True"u8) || word.SequenceEqual("TRUE"u8) => NodeKind.True,
            _ when word.SequenceEqual("False"u8) || word.SequenceEqual("FALSE"u8) => NodeKind.False,
            _ when word.SequenceEqual("None"u8) || word.SequenceEqual("NULL"u8) || word.SequenceEqual("Null"u8) || word.SequenceEqual("nil"u8) ||
                word.SequenceEqual("undefined"u8) || word.SequenceEqual("NaN"u8) || word.SequenceEqual("Infinity"u8) ||
                word.SequenceEqual("-Infinity"u8) => NodeKind.Null,
            _ => NodeKind.Word,
        };
    }
}
