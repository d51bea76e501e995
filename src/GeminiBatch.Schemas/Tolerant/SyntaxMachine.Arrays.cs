namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private void StepArray()
    {
        byte first = Current;
        int owner = Owner;
        switch (first)
        {
            case (byte)']':
            case (byte)')' when _tree[owner].Has(NodeFlags.Parenthesised):
                _position++;
                Pop(closed: true);
                return;
            case (byte)',':
                Separate();
                return;
            case (byte)'}':
                CloseArrayAtBrace();
                return;
            case (byte)'.' when SkipEllipsis():
                return;
            case (byte)')' or (byte)';' or (byte)'+' or (byte)':':
                DropStray(1);
                return;
        }

        if (!_strict && NameAhead(_position, out NameGuess guess) && guess.Quoted)
        {
            StepNameInArray(guess);
            return;
        }

        if (GluedWord() is var junk and > 0)
        {
            Mend(AnswerRepairKind.ProseRemoved, _position, junk, "inside");
            _position += junk;
            return;
        }

        TakeSeparator(_position);
        ReadValue(owner, ItemType());
    }

    // [{…}s]: letters right behind the bracket of an item are no item.
    private readonly int GluedWord()
    {
        if (_strict || !IsGlued(_position) || _text[_position - 1] is not ((byte)'}' or (byte)']' or (byte)')'))
        {
            return 0;
        }

        int end = _position;
        while (end < _text.Length && char.IsAsciiLetter((char)_text[end]))
        {
            end++;
        }

        return end - _position;
    }

    private readonly int ItemType()
    {
        int type = _frames[_depth - 1].Type;
        return _schema is null ? -1 : _schema.KindOf(type) == SchemaKind.Array ? _schema[type].ItemType : _schema.HasFields(type) ? type : -1;
    }

    // A name with its colon among the items of a list: the object before it was closed too early, the list was not closed, or the
    // object's own brace is missing. What the schema knows decides.
    private void StepNameInArray(NameGuess name)
    {
        int last = _tree[Owner].Last;
        bool afterObject = last >= 0 && _tree[last].Kind == NodeKind.Object && _tree[last].Has(NodeFlags.Closed);
        int itemType = _schema is null ? -1 : _schema.ObjectWithin(ItemType());
        int outer = OuterObject();
        bool ofItem = itemType >= 0 && FindField(itemType, name) >= 0;
        bool ofOuter = outer >= 0 && _frames[outer].Type >= 0 && FindField(_frames[outer].Type, name) >= 0;
        bool known = ofItem || ofOuter;
        Unbalanced = true;
        if (afterObject && (known ? ofItem && !HasField(last, itemType, name) : outer < 0))
        {
            Reopen(last, itemType);
        }
        else if (outer >= 0 && (known ? ofOuter : !afterObject || itemType < 0))
        {
            PopUnclosed();
        }
        else
        {
            OpenItem();
        }
    }

    private void Reopen(int node, int type)
    {
        Mend(AnswerRepairKind.EarlyClosedObject, node, _tree[node].End - 1, 1);
        _tree[node].Flags &= ~NodeFlags.Closed;
        int comma = _frames[_depth - 1].Separator;
        _frames[_depth - 1].Separator = -1;
        Push(node, type);
        _frames[_depth - 1].Separator = comma;
    }

    private readonly int OuterObject()
    {
        for (int outer = _depth - 2; outer >= 0; outer--)
        {
            if (_frames[outer].IsObject)
            {
                return outer;
            }
        }

        return -1;
    }

    // "}" while a list is open: the object around it ends, or the brace is the wrong one.
    private void CloseArrayAtBrace()
    {
        int outer = OuterObject();
        if (outer < 0)
        {
            byte behind = At(SkipSpace(_position + 1));
            if (_depth == 1 && behind is not ((byte)',' or (byte)'{' or (byte)'[' or (byte)']' or (byte)'"') && CloserFits(_position))
            {
                Mend(AnswerRepairKind.ClosedBracket, _position, 1, "} for ]");
                Unbalanced = true;
                _position++;
                Pop(closed: true);
            }
            else
            {
                Unbalanced = true;
                DropStray(1);
            }

            return;
        }

        int next = SkipSpace(_position + 1);
        next = At(next) == (byte)',' ? SkipSpace(next + 1) : next;
        if (NameAhead(next, out NameGuess name) && BelongsTo(outer, name))
        {
            Mend(AnswerRepairKind.ClosedBracket, _position, 1, "} for ]");
            Unbalanced = true;
            _position++;
            Pop(closed: true);
            return;
        }

        PopUnclosed();
    }

    // Whether a member after "}" goes on with the object around the list rather than with the one around that.
    private readonly bool BelongsTo(int frame, NameGuess name)
    {
        if (frame == 0 || !_frames[frame - 1].IsObject)
        {
            return true;
        }

        int type = _frames[frame].Type;
        int outerType = _frames[frame - 1].Type;
        return type >= 0 && FindField(type, name) >= 0 && !HasField(_frames[frame].Node, type, name) &&
            (outerType < 0 || FindField(outerType, name) < 0);
    }

    private readonly int FindField(int type, NameGuess name) =>
        type < 0 || _schema is null ? -1 : _schema.Find(type, _text.Slice(name.Start, name.Length), out _);

    private readonly bool HasField(int node, int type, NameGuess name) => HasField(node, FindField(type, name));

    private void OpenItem()
    {
        TakeSeparator(_position);
        int node = _tree.Add(NodeKind.Object, _position);
        _tree[node].Flags |= NodeFlags.Implied;
        Mend(AnswerRepairKind.ClosedBracket, node, _position, 0, "{");
        _tree.Link(Owner, node);
        Push(node, ItemType());
    }

    // An object with more members than this is not searched again and again; it counts as having every field.
    private const int MostMembersSearched = 256;

    private readonly bool HasField(int node, int field)
    {
        if (_tree[node].Count > MostMembersSearched)
        {
            return true;
        }

        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (_tree[child].Field == field)
            {
                return true;
            }
        }

        return false;
    }
}
