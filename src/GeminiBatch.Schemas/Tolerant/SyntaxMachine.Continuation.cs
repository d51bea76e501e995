namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private readonly int LastType()
    {
        int last = _tree[Owner].Last;
        int type = _frames[_depth - 1].Type;
        return last < 0 || _schema is null || !_schema.HasFields(type) ? -1 : _schema.FieldType(type, _tree[last].Field);
    }

    // "tags": "a", "b"] and "lines": [] {…}]: values without a name that follow a field that is a list are its items.
    private bool ContinueList()
    {
        // At one place a list is continued once: what looks like a name from inside the list and like none from outside would go round.
        int type = LastType();
        if (type < 0 || _schema!.KindOf(type) != SchemaKind.Array || _position <= _continuedAt)
        {
            return false;
        }

        _continuedAt = _position;
        int list = _tree[Owner].Last;
        if (_tree[list].Kind == NodeKind.Array)
        {
            Mend(AnswerRepairKind.EarlyClosedObject, list, Math.Max(0, _tree[list].End - 1), 1);
        }
        else
        {
            Mend(AnswerRepairKind.ClosedBracket, list, _tree[list].Start, 0, "[");
            Wrap(list);
        }

        Unbalanced = true;
        int comma = _frames[_depth - 1].Separator;
        _frames[_depth - 1].Separator = -1;
        Push(list, type);
        _frames[_depth - 1].Separator = _tree[list].Count > 0 ? comma : -1;
        return true;
    }

    // A value becomes the only item of a list in its place.
    private readonly void Wrap(int node)
    {
        AnswerNode value = _tree[node];
        int item = _tree.Add(value.Kind, value.Start);
        ref AnswerNode inner = ref _tree[item];
        inner = value;
        inner.Next = -1;
        inner.Flags &= ~NodeFlags.NameInArena;
        for (int child = inner.First; child >= 0; child = _tree[child].Next)
        {
            _tree[child].Parent = item;
        }

        ref AnswerNode list = ref _tree[node];
        list.Kind = NodeKind.Array;
        list.Flags = (value.Flags & NodeFlags.NameInArena) | NodeFlags.Implied;
        (list.First, list.Last, list.Count) = (-1, -1, 0);
        if (value.Kind != NodeKind.Absent)
        {
            _tree.Link(node, item);
        }
    }

    /// <summary>
    /// Where brackets do not add up, a name that its object does not know and another open object misses goes there: down into the object
    /// that was just closed, or up to one whose members were not closed.
    /// </summary>
    private bool Rehome(StringToken name)
    {
        int type = _frames[_depth - 1].Type;
        if (_schema is null || type < 0 || _schema.Find(type, TokenText(name), out _) >= 0)
        {
            return false;
        }

        int last = _tree[Owner].Last;
        int lastType = last >= 0 && _tree[last].Kind == NodeKind.Object ? _schema.ObjectWithin(_schema.FieldType(type, _tree[last].Field)) : -1;
        int field = lastType >= 0 ? _schema.Find(lastType, TokenText(name), out _) : -1;
        if (field >= 0 && !HasField(last, field))
        {
            Reopen(last, lastType);
            return true;
        }

        if (RehomeInList(name))
        {
            return true;
        }

        for (int outer = _depth - 2; outer >= 0; outer--)
        {
            field = _schema.Find(_frames[outer].Type, TokenText(name), out _);
            if (_frames[outer].IsObject && field >= 0 && !HasField(_frames[outer].Node, field))
            {
                int comma = _frames[_depth - 1].Separator;
                _frames[_depth - 1].Separator = -1;
                while (_depth - 1 > outer)
                {
                    PopUnclosed();
                }

                _frames[_depth - 1].Separator = comma;
                return true;
            }
        }

        return false;
    }

    // "lines": [] "text": …: the name is one of the items of the list that was closed too early.
    private bool RehomeInList(StringToken name)
    {
        int list = _tree[Owner].Last;
        int type = LastType();
        if (type < 0 || _schema!.KindOf(type) != SchemaKind.Array || _tree[list].Kind != NodeKind.Array)
        {
            return false;
        }

        int itemType = _schema.ObjectWithin(_schema[type].ItemType);
        int field = itemType < 0 ? -1 : _schema.Find(itemType, TokenText(name), out _);
        if (field < 0)
        {
            return false;
        }

        _frames[_depth - 1].Separator = -1;
        Mend(AnswerRepairKind.EarlyClosedObject, list, Math.Max(0, _tree[list].End - 1), 1);
        Push(list, type);
        int item = _tree[list].Last;
        if (item >= 0 && _tree[item].Kind == NodeKind.Object && !HasField(item, field))
        {
            Reopen(item, itemType);
        }
        else
        {
            OpenItem();
        }

        return true;
    }
}
