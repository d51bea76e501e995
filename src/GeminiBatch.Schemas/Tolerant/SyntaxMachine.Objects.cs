using System.Buffers;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    private static readonly SearchValues<byte> DataMarks = SearchValues.Create("\":0123456789"u8);

    private void StepObject()
    {
        switch (Current)
        {
            case (byte)'}':
                CloseObject();
                break;
            case (byte)',':
                Separate();
                break;
            case (byte)']':
                CloseObjectAtBracket();
                break;
            case (byte)'{' or (byte)'[':
                StepValueWithoutName();
                break;
            case (byte)'.' when SkipEllipsis():
                break;
            case (byte)')' or (byte)';' or (byte)'+' or (byte)':':
                DropStray(1);
                break;
            default:
                ReadMember();
                break;
        }
    }

    private void Separate()
    {
        ref Frame frame = ref _frames[_depth - 1];
        if (frame.Separator >= 0 || _tree[frame.Node].Count == 0)
        {
            Mend(AnswerRepairKind.TrailingComma, _position, 1, "stray");
        }
        else
        {
            frame.Separator = _position;
        }

        _position++;
    }

    /// <summary>Notes that a member or item begins where a comma should have stood.</summary>
    private void TakeSeparator(int at)
    {
        ref Frame frame = ref _frames[_depth - 1];
        if (frame.Separator < 0 && _tree[frame.Node].Count > 0)
        {
            Mend(AnswerRepairKind.MissingComma, at, 0);
        }

        frame.Separator = -1;
    }

    private void CloseObject()
    {
        _position++;
        bool last = _depth == 1;
        Pop(closed: true);
        int next = _position;
        bool goesOn = last && !_strict && RootGoesOn(out next);
        Unbalanced |= last && At(next) is (byte)',' or (byte)']' or (byte)'}';
        if (goesOn)
        {
            // The answer closed its root and went on with more fields (real/README quirk 15).
            int root = _frames[0].Node;
            Unbalanced = true;
            Mend(AnswerRepairKind.EarlyClosedObject, root, _tree[root].End - 1, 1);
            _tree[root].Flags &= ~NodeFlags.Closed;
            _frames[0].Separator = At(next) == (byte)',' ? next : -1;
            _position = At(next) == (byte)',' ? next + 1 : next;
            _depth = 1;
        }
    }

    private readonly bool RootGoesOn(out int next)
    {
        next = SkipSpace(_position);
        if (_tree[_frames[0].Node].Kind != NodeKind.Object)
        {
            return false;
        }

        bool comma = At(next) == (byte)',';
        int name = comma ? SkipSpace(next + 1) : next;
        if (!NameAhead(name, out NameGuess guess) || !guess.Quoted)
        {
            return false;
        }

        return comma || _schema is null || _frames[0].Type < 0 || FindField(_frames[0].Type, guess) >= 0;
    }

    // "]" while an object is open: a list around it ends, or the bracket is the wrong one.
    private void CloseObjectAtBracket()
    {
        for (int outer = _depth - 2; outer >= 0; outer--)
        {
            if (!_frames[outer].IsObject)
            {
                PopUnclosed();
                return;
            }
        }

        if (_depth > 1 || CloserFits(_position))
        {
            Mend(AnswerRepairKind.ClosedBracket, _position, 1, "] for }");
            CloseObject();
        }
        else
        {
            DropStray(1);
        }
    }

    // A bracket where a name should stand.
    private void StepValueWithoutName()
    {
        ref Frame frame = ref _frames[_depth - 1];
        int last = _tree[frame.Node].Last;
        if (Current == (byte)'{' && _depth > 1 && !_frames[_depth - 2].IsObject)
        {
            PopUnclosed();
        }
        else if (Current == (byte)'[' && last >= 0 && _tree[last].Kind == NodeKind.Array)
        {
            // A list that was closed too early goes on: {"a": [1, 2], [3]}.
            Mend(AnswerRepairKind.EarlyClosedObject, last, _position, 1);
            frame.Separator = -1;
            _position++;
            Push(last, LastType());
        }
        else if (!ContinueList())
        {
            DropValue();
        }
    }

    private readonly int LastType()
    {
        int last = _tree[Owner].Last;
        int type = _frames[_depth - 1].Type;
        return last < 0 || _schema is null || _schema.KindOf(type) != SchemaKind.Object ? -1 : _schema.FieldType(type, _tree[last].Field);
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

    /// <summary>Reads a value that belongs nowhere and leaves it out.</summary>
    private void DropValue()
    {
        int start = _position;
        int depth = _depth;
        int owner = Owner;
        ReadValue(-1, -1);
        while (_depth > depth && Fault == SyntaxFault.None)
        {
            SkipTrivia();
            if (_position >= _text.Length || AtFence())
            {
                return;
            }

            if (_frames[_depth - 1].IsObject)
            {
                StepObject();
            }
            else
            {
                StepArray();
            }
        }

        Mend(AnswerRepairKind.ProseRemoved, owner, start, _position - start, IsWordy(start) ? "inside" : SyntaxReport.LostValue);
    }

    // [IMAGE DATA] is junk; brackets with strings, numbers or members in them may have been data.
    private readonly bool IsWordy(int start) => _text[start.._position].IndexOfAny(DataMarks) < 0;

    private void DropStray(int length)
    {
        Mend(AnswerRepairKind.StrayBracket, _position, length);
        _position += length;
    }

    private void ReadMember()
    {
        int owner = Owner;
        int start = _position;
        int nodes = _tree.Count;
        int repairs = _tree.RepairCount;
        StringToken name = QuoteAt(start) != Quote.None ? ReadString(StringRole.Name) : ReadBareName();
        if (Fault != SyntaxFault.None)
        {
            return;
        }

        int afterName = _position;
        SkipTrivia();
        bool colon = _position < _text.Length && TakeColon();
        if (!colon && !_strict && !name.Cut && IsOrphan(name))
        {
            _position = start;
            _tree.Rewind(nodes, repairs);
            if (!ContinueList())
            {
                _position = afterName;
                Mend(AnswerRepairKind.ProseRemoved, start, afterName - start, name.Quoted ? SyntaxReport.LostValue : "inside");
            }

            return;
        }

        if (!colon && !name.Cut && (name.Length == 0 || IsJunkName(name)))
        {
            _position = Math.Max(_position, start + 1);
            Mend(AnswerRepairKind.ProseRemoved, start, Math.Max(1, afterName - start), "inside");
            return;
        }

        if (_rebalance && colon && Rehome(name))
        {
            owner = Owner;
        }

        bool glued = IsGlued(start);
        TakeSeparator(start);
        int type = MemberType(name, out int field, out int valueType);
        if (glued && !name.Quoted && field < 0 && type >= 0)
        {
            // ]note: x: words right behind a value, without comma or line break, may have been part of that value.
            Mend(AnswerRepairKind.ProseRemoved, start, Math.Max(1, afterName - start), SyntaxReport.LostValue);
        }

        if (field >= 0)
        {
            _frames[_depth - 1].Matched++;
        }

        int value = colon || name.Cut ? ReadMemberValue(owner, name, valueType) : MissingColon(owner, valueType);
        if (value < 0)
        {
            return;
        }

        ref AnswerNode node = ref _tree[value];
        (node.NameStart, node.NameLength, node.Field) = (name.Start, name.Length, type >= 0 ? field : -1);
        node.Flags |= name.InArena ? NodeFlags.NameInArena : NodeFlags.None;
    }

    private readonly bool IsGlued(int start) =>
        !_strict && start > 0 && _frames[_depth - 1].Separator < 0 && _tree[Owner].Count > 0 && !WhiteSpace.IsAscii(_text[start - 1]);

    // A string without a colon that is no field's name is not a name at all.
    private readonly bool IsOrphan(StringToken name)
    {
        int type = _frames[_depth - 1].Type;
        return name.Length > 0 && type >= 0 && _schema?.KindOf(type) == SchemaKind.Object && _schema.Find(type, TokenText(name), out _) < 0 &&
            !(_position < _text.Length && NameAhead(_position, out _) && !name.Quoted);
    }

    private readonly int MemberType(StringToken name, out int field, out int valueType)
    {
        int type = _frames[_depth - 1].Type;
        field = -1;
        valueType = -1;
        switch (_schema?.KindOf(type))
        {
            case SchemaKind.Object when type >= 0:
                field = _schema.Find(type, TokenText(name), out _);
                valueType = field >= 0 ? _schema.FieldType(type, field) : _depth == 1 && _frames[0].Matched == 0 ? type : -1;
                break;
            case SchemaKind.Map:
                valueType = _schema[type].ItemType;
                break;
        }

        return type;
    }

    private int ReadMemberValue(int owner, StringToken name, int type)
    {
        if (!name.Cut)
        {
            SkipTrivia();
        }

        if (_position >= _text.Length || name.Cut || Current is (byte)',' or (byte)'}' or (byte)']')
        {
            return Absent(owner, name);
        }

        _pendingName = name;
        int value = ReadValue(owner, type);
        if (!_strict && Fault == SyntaxFault.None && IsEchoedName(value, name))
        {
            // "notes": "notes": "…": the name was written twice.
            Mend(AnswerRepairKind.ProseRemoved, value, _tree[value].Start, _position - _tree[value].Start, "name");
            _position++;
            SkipTrivia();
            if (_position < _text.Length && Current is not ((byte)',' or (byte)'}'))
            {
                int again = ReadValue(-1, type);
                Supersede(owner, value, again);
                return _depth > 0 && _frames[_depth - 1].Node == again ? Rename(again, value) : value;
            }
        }

        return value;
    }

    private int Absent(int owner, StringToken name)
    {
        bool atEnd = _position >= _text.Length || name.Cut;
        int node = _tree.Add(NodeKind.Absent, _position);
        _tree[node].Flags |= atEnd ? NodeFlags.Cut : NodeFlags.None;
        if (name.Length > 0 || !name.Cut)
        {
            _tree.Link(owner, node);
        }

        if (!atEnd)
        {
            Mend(AnswerRepairKind.LiteralMended, node, _position, 0, "no value");
        }

        return node;
    }

    private readonly bool IsEchoedName(int value, StringToken name) =>
        _tree[value].Kind == NodeKind.String && _position < _text.Length && Current == (byte)':' &&
        _tree.Text(value, _text).SequenceEqual(TokenText(name));

    // Puts a value in the place of the one that only echoed its name.
    private readonly void Supersede(int owner, int echoed, int value)
    {
        AnswerNode old = _tree[echoed];
        if (_depth > 0 && _frames[_depth - 1].Node == value)
        {
            return;
        }

        AnswerNode taken = _tree[value];
        (taken.Parent, taken.Next, taken.Ordinal) = (owner, old.Next, old.Ordinal);
        _tree[echoed] = taken;
    }

    // The value is an object or list whose members are still to come: its frame moves to the echoed node.
    private readonly int Rename(int opened, int echoed)
    {
        AnswerNode old = _tree[echoed];
        AnswerNode taken = _tree[opened];
        (taken.Parent, taken.Next, taken.Ordinal) = (old.Parent, old.Next, old.Ordinal);
        _tree[echoed] = taken;
        _frames[_depth - 1].Node = echoed;
        return echoed;
    }

    private int MissingColon(int owner, int type)
    {
        if (_position < _text.Length && Current is not ((byte)',' or (byte)'}' or (byte)']') && !AtFence())
        {
            Mend(AnswerRepairKind.MissingColon, _position, 0);
            return ReadValue(owner, type);
        }

        int node = _tree.Add(NodeKind.Absent, _position);
        _tree[node].Flags |= NodeFlags.NoColon | (_position >= _text.Length ? NodeFlags.Cut : NodeFlags.None);
        _tree.Link(owner, node);
        if (_position < _text.Length)
        {
            Mend(AnswerRepairKind.LiteralMended, node, _position, 0, "no value");
        }

        return node;
    }

    private bool TakeColon()
    {
        if (Current == (byte)',' && !_strict && At(SkipSpace(_position + 1)) == (byte)':')
        {
            DropStray(1);
            SkipTrivia();
        }

        if (Current == (byte)':')
        {
            _position++;
            while (!_strict && At(SkipSpace(_position)) == (byte)':')
            {
                _position = SkipSpace(_position);
                DropStray(1);
            }

            return true;
        }

        if (Current != (byte)'=')
        {
            return false;
        }

        int length = At(_position + 1) == (byte)'>' ? 2 : 1;
        Mend(AnswerRepairKind.MissingColon, _position, length);
        _position += length;
        return true;
    }

    // A word or string without a colon, followed by a real name: text that got between two members.
    private readonly bool IsJunkName(StringToken name)
    {
        if (_position >= _text.Length)
        {
            return false;
        }

        if (NameAhead(_position, out _))
        {
            return true;
        }

        bool ends = Current is (byte)',' or (byte)'}' or (byte)']';
        int last = _tree[Owner].Last;
        return ends && last >= 0 && _tree[last].Kind != NodeKind.Absent && (_frames[_depth - 1].Separator < 0 || !name.Quoted);
    }
}
