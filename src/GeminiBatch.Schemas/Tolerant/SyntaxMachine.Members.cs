namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
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
        bool colon = _position < _text.Length && TakeColon(name.Quoted);
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
        int type = MemberType(name, out int field, out int valueType, out NameMatch match);
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
        (node.NameStart, node.NameLength, node.Field, node.Match) = (name.Start, name.Length, type >= 0 ? field : -1, match);
        node.Flags |= name.InArena ? NodeFlags.NameInArena : NodeFlags.None;
    }

    private readonly bool IsGlued(int start) =>
        !_strict && start > 0 && _frames[_depth - 1].Separator < 0 && _tree[Owner].Count > 0 && !WhiteSpace.IsAscii(_text[start - 1]);

    // A string without a colon that is no field's name is not a name at all.
    private readonly bool IsOrphan(StringToken name)
    {
        int type = _frames[_depth - 1].Type;
        return (name.Length > 0 || name.Quoted) && _schema is not null && _schema.HasFields(type) && _schema.Find(type, TokenText(name), out _) < 0 &&
            !(_position < _text.Length && NameAhead(_position, out _) && !name.Quoted);
    }

    private readonly int MemberType(StringToken name, out int field, out int valueType, out NameMatch match)
    {
        match = NameMatch.None;
        int type = _frames[_depth - 1].Type;
        field = -1;
        valueType = -1;
        if (_schema is not null && _schema.HasFields(type))
        {
            int last = _tree[_frames[_depth - 1].Node].Last;
            field = _schema.Find(type, TokenText(name), last < 0 ? 0 : _tree[last].Field + 1, out match);
            valueType = field >= 0 ? _schema.FieldType(type, field) : _depth == 1 && _frames[0].Matched == 0 ? type : -1;
        }
        else if (_schema?.KindOf(type) == SchemaKind.Map)
        {
            valueType = _schema[type].ItemType;
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

    private bool TakeColon(bool quoted)
    {
        if (Current == (byte)',' && !_strict && At(SkipSpace(_position + 1)) == (byte)':')
        {
            DropStray(1);
            SkipTrivia();
        }

        if (Current == (byte)',' && quoted && CommaIsColon(_position + 1))
        {
            Mend(AnswerRepairKind.MissingColon, _position, 1);
            _position++;
            return true;
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

    // {"key", 105: a number is no name, so that the comma stands for the colon, unless this is a set.
    private readonly bool CommaIsColon(int at)
    {
        int last = _tree[Owner].Last;
        int next = SkipSpace(at);
        return !_strict && (char.IsAsciiDigit((char)At(next)) || At(next) == (byte)'-') && !NameAhead(next, out _) &&
            (last < 0 || !_tree[last].Has(NodeFlags.NoColon));
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
