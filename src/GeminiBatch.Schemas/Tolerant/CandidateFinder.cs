namespace GeminiBatch;

/// <summary>A value found in an answer, and how it was found.</summary>
internal struct AnswerCandidate
{
    public int Node;
    public int Start;
    public int End;

    /// <summary>Where the fence around it opens; -1 without one.</summary>
    public int FenceStart;
    public int FenceLength;
    public bool Cut;
    public bool Unbalanced;

    /// <summary>Another whole value fits as well and says something else.</summary>
    public bool HasRival;

    /// <summary>The other values of the answer were left aside for this one.</summary>
    public bool WasChosen;

    /// <summary>Behind this value another one begins and is cut off.</summary>
    public bool IsFollowedByCut;
    public SyntaxFault Fault;
    public int RepairsFrom;
    public int RepairsTo;
}

/// <summary>
/// Finds the values in an answer: passes prose, reasoning in tags and fences, and reads what begins with a bracket. Text that was read
/// is not read again, but for a bounded number of brackets that turned out to be prose, so that the pass stays linear.
/// </summary>
internal ref struct CandidateFinder
{
    // Prose such as "use [ or {" makes the machine read on to the end; after this many misreadings brackets in prose are taken as they come.
    private const int MostRestarts = 8;
    private const int MostCandidates = 4096;
    private const int LongestLiteral = 1024;

    private readonly ReadOnlySpan<byte> _text;
    private readonly AnswerTree _tree;
    private readonly SchemaIndex? _schema;
    private readonly int _maxDepth;
    private int _strictReach;
    private int _restarts;
    private int _fenceStart = -1;
    private int _fenceLength;
    private bool _noTags;

    public CandidateFinder(ReadOnlySpan<byte> text, AnswerTree tree, SchemaIndex? schema, int maxDepth)
    {
        _text = text;
        _tree = tree;
        _schema = schema;
        _maxDepth = maxDepth;
    }

    public List<AnswerCandidate> Found { get; } = [];

    /// <summary>Where the quotes of the value are escaped, so that the text has to be decoded once before it can be read; -1 when they are not.</summary>
    public int EscapedFrom { get; private set; } = -1;

    public void Find()
    {
        int at = WhiteSpace.Skip(_text, 0);
        if (at < _text.Length && _text[at] == (byte)'"' && ReadQuotedRoot(at))
        {
            return;
        }

        if (at < _text.Length && ReadMembers(at) is var end and > 0)
        {
            at = end;
        }

        while (at < _text.Length && Found.Count < MostCandidates && EscapedFrom < 0)
        {
            _tree.Step();
            int skip = _text[at..].IndexOfAny("{[<`("u8);
            if (skip < 0)
            {
                break;
            }

            at += skip;
            at = _text[at] switch
            {
                (byte)'<' => SkipTag(at),
                (byte)'`' => PassFence(at),
                (byte)'(' => OpensTuple(at) ? ReadAt(at) : at + 1,
                _ => ReadAt(at),
            };
        }
    }

    // A text that is one JSON string: its content is what counts.
    private bool ReadQuotedRoot(int start)
    {
        AnswerCandidate candidate = Attempt(start, strict: true, rebalance: false, out int end);
        if (candidate.Fault != SyntaxFault.None && _schema is null)
        {
            _tree.Rewind(0, 0);
            candidate = Attempt(start, strict: false, rebalance: false, out end);
        }

        if (candidate.Fault != SyntaxFault.None || WhiteSpace.Skip(_text, end) < _text.Length)
        {
            _tree.Rewind(0, 0);
            return false;
        }

        Found.Add(candidate);
        return true;
    }

    // "a": 1, "b": 2 without any bracket around it.
    private int ReadMembers(int start)
    {
        using var machine = new SyntaxMachine(_text, _tree, _schema, new SyntaxRules(Strict: false, Rebalance: false, _maxDepth));
        if (!machine.MembersBegin(start))
        {
            return -1;
        }

        Found.Add(Candidate(in machine, machine.ReadMembers(start, 0), start, 0));
        return Math.Max(machine.Position, start + 1);
    }

    private int ReadAt(int start)
    {
        if (start >= _strictReach && StrictScan.End(_text, start, _maxDepth) is var reach && (reach >= 0 || reach == StrictScan.TooDeep))
        {
            int nodes = _tree.Count;
            int repairs = _tree.RepairCount;
            AnswerCandidate clean = Attempt(start, strict: true, rebalance: false, out int end);
            if (clean.Fault == SyntaxFault.TooDeep || (clean.Fault == SyntaxFault.None && !GoesOn(end)))
            {
                Found.Add(clean);
                return clean.Fault == SyntaxFault.None ? end : _text.Length;
            }

            _strictReach = clean.Fault == SyntaxFault.None ? end : start + 1;
            _tree.Rewind(nodes, repairs);
        }

        return ReadMended(start);
    }

    private int ReadMended(int start)
    {
        int nodes = _tree.Count;
        int repairs = _tree.RepairCount;
        AnswerCandidate mended = Attempt(start, strict: false, rebalance: false, out int end);
        if (EscapedFrom >= 0)
        {
            return _text.Length;
        }

        if (mended.Fault == SyntaxFault.None && !IsPlausible(mended.Node) && _restarts < MostRestarts)
        {
            _restarts++;
            _tree.Rewind(nodes, repairs);
            return start + 1;
        }

        if (mended.Fault == SyntaxFault.None && mended.Unbalanced && _schema is not null)
        {
            _tree.Rewind(nodes, repairs);
            mended = Attempt(start, strict: false, rebalance: true, out end);
        }

        Found.Add(mended);
        return mended.Fault == SyntaxFault.None ? Math.Max(end, start + 1) : _text.Length;
    }

    private AnswerCandidate Attempt(int start, bool strict, bool rebalance, out int end)
    {
        int repairs = _tree.RepairCount;
        using var machine = new SyntaxMachine(_text, _tree, _schema, new SyntaxRules(strict, rebalance, _maxDepth));
        int node = machine.Read(start, _schema is null ? -1 : 0);
        end = machine.Position;
        if (machine.Escaped)
        {
            EscapedFrom = start;
        }

        return Candidate(in machine, node, start, repairs);
    }

    private readonly AnswerCandidate Candidate(scoped in SyntaxMachine machine, int node, int start, int repairs) => new()
    {
        Node = node,
        Start = start,
        End = Math.Min(machine.Position, _text.Length),
        FenceStart = _fenceStart,
        FenceLength = _fenceLength,
        Cut = machine.Cut,
        Unbalanced = machine.Unbalanced,
        Fault = machine.Fault,
        RepairsFrom = repairs,
        RepairsTo = _tree.RepairCount,
    };

    // Whether members or list items follow behind a value that is whole by itself.
    private readonly bool GoesOn(int end)
    {
        int next = WhiteSpace.Skip(_text, end);
        return next < _text.Length && _text[end - 1] == (byte)'}' && _text[next] is (byte)',' or (byte)'"';
    }

    // Whether brackets hold data rather than prose.
    private readonly bool IsPlausible(int node)
    {
        ref AnswerNode value = ref _tree[node];
        if (value.Kind is not (NodeKind.Object or NodeKind.Array))
        {
            return true;
        }

        bool closed = value.Has(NodeFlags.Closed);
        if (value.Count == 0)
        {
            return closed || _text[value.Start..].Trim(" \n\r\t{["u8).IsEmpty;
        }

        bool onlyWords = true;
        for (int child = value.First; child >= 0; child = _tree[child].Next)
        {
            onlyWords &= value.Kind == NodeKind.Array
                ? _tree[child].Kind == NodeKind.Word && !closed
                : _tree[child].Kind == NodeKind.Absent && _tree[child].Has(NodeFlags.NoColon);
        }

        return !onlyWords;
    }

    // (1, 2) and ("a") are values of Python; (see above) is prose.
    private readonly bool OpensTuple(int at)
    {
        int next = WhiteSpace.Skip(_text, at + 1);
        bool first = WhiteSpace.Skip(_text, 0) == at || (_fenceStart >= 0 && WhiteSpace.Skip(_text, _fenceStart + _fenceLength) == at);
        return first && next < _text.Length && (char.IsAsciiDigit((char)_text[next]) || _text[next] is (byte)'"' or (byte)'\'' or (byte)'(' or (byte)'-');
    }

    private int PassFence(int at)
    {
        int end = at;
        while (end < _text.Length && _text[end] == (byte)'`')
        {
            end++;
        }

        if (end - at < 3)
        {
            return end;
        }

        if (_fenceStart >= 0)
        {
            _fenceStart = -1;
            return end;
        }

        while (end < _text.Length && (char.IsAsciiLetterOrDigit((char)_text[end]) || _text[end] is (byte)'-' or (byte)'_' or (byte)'+'))
        {
            end++;
        }

        (_fenceStart, _fenceLength) = (at, end - at);
        return ReadLiteral(end);
    }

    // null, true, a number or a text in quotes alone in a fence: an answer to a question for a scalar.
    private int ReadLiteral(int start)
    {
        int close = _schema is null ? -1 : _text.Slice(start, Math.Min(LongestLiteral, _text.Length - start)).IndexOf("```"u8);
        int at = close < 0 ? start : WhiteSpace.Skip(_text, start);
        if (at >= start + close || _text[at] is (byte)'{' or (byte)'[')
        {
            return start;
        }

        int nodes = _tree.Count;
        int repairs = _tree.RepairCount;
        using var machine = new SyntaxMachine(_text[..(start + close)], _tree, _schema, new SyntaxRules(Strict: true, Rebalance: false, 1));
        int node = machine.Read(at, 0);
        if (machine.Fault != SyntaxFault.None || WhiteSpace.Skip(_text, machine.Position) < start + close)
        {
            _tree.Rewind(nodes, repairs);
            return start;
        }

        Found.Add(Candidate(in machine, node, at, repairs));
        return machine.Position;
    }

    // What a model thinks aloud, in tags, is no part of the answer.
    private int SkipTag(int at)
    {
        ReadOnlySpan<byte> rest = _text[at..];
        foreach (string name in (ReadOnlySpan<string>)["think", "thinking", "thought", "reasoning", "scratchpad"])
        {
            Span<byte> tag = stackalloc byte[16];
            int length = System.Text.Encoding.ASCII.GetBytes(name, tag[2..]) + 2;
            (tag[0], tag[1]) = ((byte)'<', (byte)'/');
            bool opens = rest.Length > length && rest[1..].StartsWith(tag[2..length]) && rest[length - 1] == (byte)'>';
            if (!opens || _noTags)
            {
                continue;
            }

            int end = rest.IndexOf(tag[..length]);
            if (end < 0)
            {
                _noTags = true;
                return at + 1;
            }

            return at + end + length;
        }

        return at + 1;
    }
}
