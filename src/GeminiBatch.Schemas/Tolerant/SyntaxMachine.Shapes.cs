namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    // "(1)" is 1: the node of the parentheses becomes what they hold.
    private readonly void Replace(int node, int child)
    {
        AnswerNode inner = _tree[child];
        ref AnswerNode outer = ref _tree[node];
        inner.Parent = outer.Parent;
        inner.Next = outer.Next;
        inner.Ordinal = outer.Ordinal;
        inner.Field = outer.Field;
        inner.NameStart = outer.NameStart;
        inner.NameLength = outer.NameLength;
        inner.Flags = (inner.Flags & ~NodeFlags.NameInArena) | (outer.Flags & NodeFlags.NameInArena);
        outer = inner;
        for (int next = inner.First; next >= 0; next = _tree[next].Next)
        {
            _tree[next].Parent = node;
        }
    }

    // {'a', 'b'} holds names without values: a set.
    private readonly bool IsSet(int node)
    {
        if (_tree[node].Count == 0 || (_schema is not null && _schema.HasFields(_frames[_depth].Type)))
        {
            return false;
        }

        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (_tree[child].Kind != NodeKind.Absent || !_tree[child].Has(NodeFlags.NoColon))
            {
                return false;
            }
        }

        return _tree[node].Has(NodeFlags.Closed);
    }

    private readonly void ToArray(int node)
    {
        _tree[node].Kind = NodeKind.Array;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            ref AnswerNode item = ref _tree[child];
            bool bare = !item.Has(NodeFlags.NameInArena) && QuoteAt(item.NameStart - 1) == Quote.None;
            item.Kind = bare ? Classify(_text.Slice(item.NameStart, item.NameLength)) : NodeKind.String;
            (item.TextStart, item.TextLength) = (item.NameStart, item.NameLength);
            item.Flags = item.Has(NodeFlags.NameInArena) ? NodeFlags.TextInArena : NodeFlags.None;
        }
    }
}
