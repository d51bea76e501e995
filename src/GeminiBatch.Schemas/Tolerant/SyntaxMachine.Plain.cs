using GeminiBatch.Runtime;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    /// <summary>
    /// Reads the members about which nothing is in doubt: the schema's own names in its order, plain scalars, and behind them the next name or
    /// the end of the object. Most of a messy answer is like that.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    private bool ReadPlainMembers()
    {
        ref Frame frame = ref _frames[_depth - 1];
        if (_strict || frame.Type < 0 || _schema is null || !_schema.HasFields(frame.Type))
        {
            return false;
        }

        int last = _tree[frame.Node].Last;
        if (last >= 0 && frame.Separator < 0)
        {
            return false;
        }

        int field = last < 0 ? 0 : _tree[last].Field + 1;
        ReadOnlySpan<byte> name = _schema.PlainNameOf(frame.Type, field);
        if (name.IsEmpty || !_text[_position..].StartsWith(name))
        {
            return false;
        }

        bool found = false;
        while (PlainValue(_position + name.Length, out NodeKind kind, out int value, out int end))
        {
            ReadOnlySpan<byte> next = _schema.PlainNameOf(frame.Type, field + 1);
            int following = PlainFollower(end, kind, next, out bool isNext);
            if (following < 0)
            {
                break;
            }

            AddPlain(ref frame, kind, value, end, field, name.Length);
            found = true;
            _position = following;
            if (!isNext)
            {
                break;
            }

            frame.Separator = end;
            name = next;
            field++;
        }

        return found;
    }

    private void AddPlain(ref Frame frame, NodeKind kind, int start, int end, int field, int nameLength)
    {
        int quotes = kind == NodeKind.String ? 1 : 0;
        int node = _tree.Add(kind, start);
        ref AnswerNode value = ref _tree[node];
        value.Flags = quotes > 0 ? NodeFlags.Plain : NodeFlags.None;
        value.Match = NameMatch.Exact;
        value.Field = field;
        (value.TextStart, value.TextLength, value.End) = (start + quotes, end - start - (2 * quotes), end);
        (value.NameStart, value.NameLength) = (_position + 1, nameLength - 3);
        _tree.Link(frame.Node, node);
        frame.Separator = -1;
        frame.Matched++;
    }

    /// <summary>A text without escapes and without anything at its end that makes one think, a number, or a literal.</summary>
    private readonly bool PlainValue(int at, out NodeKind kind, out int start, out int end)
    {
        at += At(at) == (byte)' ' ? 1 : 0;
        (kind, start, end) = (NodeKind.Absent, at, at);
        byte first = At(at);
        if (first == (byte)'"')
        {
            int length = _text[(at + 1)..].IndexOfAny(DoubleStops);
            end = at + length + 2;
            kind = NodeKind.String;
            return length > 0 && _text[end - 1] == (byte)'"' && _text[end - 2] is not ((byte)',' or (byte)':' or <= (byte)' ');
        }

        if (char.IsAsciiDigit((char)first) || first == (byte)'-')
        {
            int length = JsonText.NumberLength(_text[at..], out _);
            end = at + length;
            kind = NodeKind.Number;
            return length > 0;
        }

        ReadOnlySpan<byte> rest = _text[at..];
        kind = rest.StartsWith("null"u8) ? NodeKind.Null : rest.StartsWith("true"u8) ? NodeKind.True : rest.StartsWith("false"u8) ? NodeKind.False : NodeKind.Absent;
        end = at + (kind == NodeKind.False ? 5 : 4);
        return kind != NodeKind.Absent;
    }

    /// <summary>Where the machine goes on behind a plain value: at the next name, comma or brace; -1 where what follows leaves the value in doubt.</summary>
    private readonly int PlainFollower(int end, NodeKind kind, ReadOnlySpan<byte> name, out bool isNext)
    {
        isNext = false;
        byte follower = At(end);
        if (follower == (byte)'}')
        {
            return kind != NodeKind.String || CloserFits(end) ? end : -1;
        }

        if (follower != (byte)',')
        {
            return -1;
        }

        int next = end + 1;
        while (At(next) is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            next++;
        }

        isNext = !name.IsEmpty && next < _text.Length && _text[next..].StartsWith(name);
        bool ends = isNext || (kind == NodeKind.String ? MemberFollows(end + 1) : At(next) == (byte)'"');
        return !ends ? -1 : isNext ? next : end;
    }
}
