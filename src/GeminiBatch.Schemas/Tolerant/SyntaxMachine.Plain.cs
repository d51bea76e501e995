using GeminiBatch.Runtime;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    /// <summary>
    /// Reads the members about which nothing is in doubt: names in quotes, with a schema its own in its order, plain scalars, and behind them
    /// the next name or the end of the object. Most of a messy answer is like that.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    private bool ReadPlainMembers()
    {
        ref Frame frame = ref _frames[_depth - 1];
        int last = _tree[frame.Node].Last;
        if (_strict || (last >= 0 && frame.Separator < 0))
        {
            return false;
        }

        int type = _schema is not null && _schema.HasFields(frame.Type) ? frame.Type : -1;
        if (_schema is not null && type < 0)
        {
            return false;
        }

        int field = last < 0 ? 0 : _tree[last].Field + 1;
        int name = PlainName(_position, type, field);
        bool found = false;
        while (name > 0 && PlainValue(_position + name, out NodeKind kind, out int value, out int end))
        {
            int following = PlainFollower(end, kind, type, field + 1, out int next);
            if (following < 0)
            {
                break;
            }

            AddPlain(ref frame, kind, value, end, type < 0 ? -1 : field, name);
            found = true;
            _position = following;
            if (next > 0)
            {
                frame.Separator = end;
            }

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
        value.Flags = NodeFlags.PlainName | (quotes > 0 ? NodeFlags.Plain : NodeFlags.None);
        value.Match = field < 0 ? NameMatch.None : NameMatch.Exact;
        value.Field = field;
        (value.TextStart, value.TextLength, value.End) = (start + quotes, end - start - (2 * quotes), end);
        (value.NameStart, value.NameLength) = (_position + 1, nameLength - 3);
        _tree.Link(frame.Node, node);
        frame.Separator = -1;
        frame.Matched += field < 0 ? 0 : 1;
    }

    /// <summary>The length of a name with its quotes and colon: the one that the schema expects, or any plain one where there is no schema; 0 for any other.</summary>
    private readonly int PlainName(int at, int type, int field)
    {
        if (type >= 0)
        {
            ReadOnlySpan<byte> expected = _schema!.PlainNameOf(type, field);
            return !expected.IsEmpty && at < _text.Length && _text[at..].StartsWith(expected) ? expected.Length : 0;
        }

        if (At(at) != (byte)'"')
        {
            return 0;
        }

        int end = at + 1;
        int limit = Math.Min(_text.Length, end + LongestGuess);
        while (end < limit && IsNameByte(_text[end]))
        {
            end++;
        }

        return end > at + 1 && At(end) == (byte)'"' && At(end + 1) == (byte)':' ? end + 2 - at : 0;
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
    private readonly int PlainFollower(int end, NodeKind kind, int type, int field, out int name)
    {
        name = 0;
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

        name = PlainName(next, type, field);
        bool ends = name > 0 || (kind == NodeKind.String ? MemberFollows(end + 1) : At(next) == (byte)'"');
        return !ends ? -1 : name > 0 ? next : end;
    }
}
