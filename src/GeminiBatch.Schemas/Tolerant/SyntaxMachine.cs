using System.Buffers;

namespace GeminiBatch;

/// <summary>Why a machine stopped before the end of its value.</summary>
internal enum SyntaxFault
{
    None,
    InvalidSyntax,
    TooDeep,
}

/// <summary>
/// Reads one value of JSON, or of what a model took for JSON, into a tree: one pass over UTF-8 with an explicit stack, guided by the schema
/// where the text alone is doubtful. Every look ahead ends at the next quote, bracket or line, so that the pass stays linear.
/// In strict mode the first deviation from RFC 8259 is a fault.
/// </summary>
internal ref partial struct SyntaxMachine
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly AnswerTree _tree;
    private readonly SchemaIndex? _schema;
    private readonly int _maxDepth;
    private readonly bool _strict;

    /// <summary>Whether brackets did not add up in an earlier pass, so that names may decide which object they belong to.</summary>
    private readonly bool _rebalance;
    private Frame[] _frames;
    private int _depth;
    private int _position;
    private int _unclosedStrings;
    private int _calls;

    /// <summary>How many values are open around the one that stands in a fence inside quotes; -1 where there is none.</summary>
    private int _fencedDepth = -1;
    private int _continuedAt = -1;
    private int _lastStep = -1;
    private int _standstill;

    /// <summary>The name whose value is being read.</summary>
    private StringToken _pendingName;

    public SyntaxMachine(ReadOnlySpan<byte> text, AnswerTree tree, SchemaIndex? schema, SyntaxRules rules)
    {
        _text = text;
        _tree = tree;
        _schema = schema;
        _strict = rules.Strict;
        _rebalance = rules.Rebalance;
        _maxDepth = rules.MaxDepth;
        _frames = ArrayPool<Frame>.Shared.Rent(16);
    }

    /// <summary>Where the machine stands: behind the value once it is read.</summary>
    public readonly int Position => _position;

    public SyntaxFault Fault { get; private set; }

    public int FaultAt { get; private set; }

    public string FaultNote { get; private set; } = "";

    /// <summary>The node in which the fault lies.</summary>
    public int FaultNode { get; private set; } = -1;

    /// <summary>Whether the text ended inside the value.</summary>
    public bool Cut { get; private set; }

    /// <summary>Whether brackets were missing or left over.</summary>
    public bool Unbalanced { get; private set; }

    /// <summary>Whether the quotes of the value are themselves escaped: the text is a JSON string without its quotes.</summary>
    public bool Escaped { get; private set; }

    public void Dispose()
    {
        ArrayPool<Frame>.Shared.Return(_frames);
        _frames = [];
    }

    /// <summary>Reads the value at a position.</summary>
    /// <returns>Its node.</returns>
    public int Read(int start, int type)
    {
        _position = start;
        int root = ReadValue(-1, type);
        Run();
        return root;
    }

    private void Run()
    {
        while (_depth > 0 && Fault == SyntaxFault.None)
        {
            _tree.Step();
            SkipTrivia();
            if (_position >= _text.Length || (AtFence() && !LeaveFencedString()))
            {
                CloseAll();
                break;
            }

            Step();
        }
    }

    private void Step()
    {
        // Frames are opened and closed at one place only so often; whatever goes round there is passed over.
        _standstill = _position == _lastStep ? _standstill + 1 : 0;
        _lastStep = _position;
        if (_standstill > (2 * _maxDepth) + 4)
        {
            DropStray(1);
        }
        else if (_frames[_depth - 1].IsObject)
        {
            StepObject();
        }
        else
        {
            StepArray();
        }
    }

    /// <summary>Reads the members of an object whose brackets are both missing.</summary>
    public int ReadMembers(int start, int type)
    {
        _position = start;
        int root = _tree.Add(NodeKind.Object, start);
        _tree[root].Flags |= NodeFlags.Implied;
        Mend(AnswerRepairKind.ClosedBracket, root, start, 0, "{");
        Push(root, type);
        Run();
        return root;
    }

    /// <summary>Whether the members of an object begin here, by a name that the schema knows.</summary>
    public readonly bool MembersBegin(int start) =>
        _schema is not null && NameAhead(start, out NameGuess name) && FindField(_schema.ObjectWithin(0), name) >= 0;

    private readonly byte Current => _text[_position];

    private readonly byte At(int index) => index < _text.Length ? _text[index] : (byte)0;

    private readonly int Owner => _depth > 0 ? _frames[_depth - 1].Node : -1;

    private void Mend(AnswerRepairKind kind, int start, int length, string? note = null) => Mend(kind, Owner, start, length, note);

    private void Mend(AnswerRepairKind kind, int node, int start, int length, string? note = null)
    {
        if (_strict)
        {
            Stop(SyntaxFault.InvalidSyntax, start, kind.ToString(), node);
            return;
        }

        _tree.Report(kind, node, start, length, note);
    }

    private void Stop(SyntaxFault fault, int at, string note, int node)
    {
        if (Fault == SyntaxFault.None)
        {
            (Fault, FaultAt, FaultNote, FaultNode) = (fault, at, note, node);
        }
    }

    private int ReadValue(int parent, int type)
    {
        byte first = Current;
        if (first is (byte)'{' or (byte)'[' || (first == (byte)'(' && !_strict))
        {
            int node = _tree.Add(first == (byte)'{' ? NodeKind.Object : NodeKind.Array, _position);
            if (first == (byte)'(')
            {
                _tree[node].Flags |= NodeFlags.Parenthesised;
                Mend(AnswerRepairKind.LiteralMended, node, _position, 1, "tuple");
            }

            Attach(parent, node);
            _position++;
            Push(node, type);
            return node;
        }

        if (QuoteAt(_position) != Quote.None)
        {
            return ReadStringValue(parent, type);
        }

        return ReadWordValue(parent, type);
    }

    private readonly void Attach(int parent, int node)
    {
        if (parent >= 0)
        {
            _tree.Link(parent, node);
        }
    }

    private void Push(int node, int type)
    {
        if (_depth == _maxDepth)
        {
            Stop(SyntaxFault.TooDeep, _position - 1, "depth", node);
            return;
        }

        if (_depth == _frames.Length)
        {
            Frame[] larger = ArrayPool<Frame>.Shared.Rent(_depth * 2);
            Array.Copy(_frames, larger, _depth);
            ArrayPool<Frame>.Shared.Return(_frames);
            _frames = larger;
        }

        bool isObject = _tree[node].Kind == NodeKind.Object;
        type = isObject && _schema is not null ? _schema.ObjectWithin(type) : type;
        _frames[_depth++] = new Frame { Node = node, IsObject = isObject, Separator = -1, Type = type };
        if (isObject && _schema is not null)
        {
            ref AnswerNode value = ref _tree[node];
            value.NamedBy = _schema.HasFields(type) && (value.Count == 0 || value.NamedBy == type) ? type : -1;
        }
    }

    /// <summary>Takes the innermost open value off the stack; it ends at the current position.</summary>
    private void Pop(bool closed)
    {
        Frame frame = _frames[--_depth];
        ref AnswerNode node = ref _tree[frame.Node];
        node.End = _position;
        if (closed)
        {
            node.Flags |= NodeFlags.Closed;
        }

        if (frame.Separator >= 0)
        {
            Mend(AnswerRepairKind.TrailingComma, frame.Node, frame.Separator, 1);
        }

        if (node.Has(NodeFlags.Parenthesised) && node.Count == 1 && frame.Separator < 0)
        {
            Replace(frame.Node, node.First);
        }
        else if (frame.IsObject && IsSet(frame.Node))
        {
            ToArray(frame.Node);
        }
    }

    /// <summary>Closes an open value whose own bracket is missing.</summary>
    private void PopUnclosed()
    {
        int node = Owner;
        if (!_tree[node].Has(NodeFlags.Implied))
        {
            Unbalanced = true;
            Mend(AnswerRepairKind.ClosedBracket, node, _position, 0, _frames[_depth - 1].IsObject ? "}" : "]");
        }

        Pop(closed: false);
    }

    /// <summary>The text, or the fence around it, ends here.</summary>
    private void CloseAll()
    {
        bool atEnd = _position >= _text.Length;
        while (_depth > 0 && Fault == SyntaxFault.None)
        {
            if (atEnd)
            {
                Cut = true;
                _tree[Owner].Flags |= NodeFlags.Cut;
            }

            PopUnclosed();
        }
    }

    /// <summary>An open object or list.</summary>
    private struct Frame
    {
        public int Node;
        public int Type;

        /// <summary>Where the comma stands that no member or item has followed yet; -1 when there is none.</summary>
        public int Separator;

        /// <summary>How many names are known to the type.</summary>
        public int Matched;
        public bool IsObject;
    }
}

/// <summary>How a machine reads.</summary>
internal readonly record struct SyntaxRules(bool Strict, bool Rebalance, int MaxDepth);
