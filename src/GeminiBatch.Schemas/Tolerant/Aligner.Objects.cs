namespace GeminiBatch;

internal ref partial struct Aligner
{
    private const int MostOnStack = 16;

    private bool AlignObject(int node, int type, int skipped, ReadOnlySpan<byte> prefix = default)
    {
        SchemaNode shape = _schema[type];
        if (_tree[node].Kind != NodeKind.Object)
        {
            return AlignImplied(node, type, prefix) ?? WrongKind(node, "an object");
        }

        int known = Recognise(node, type);
        if (known == 0 && AlignImplied(node, type, prefix) is { } implied)
        {
            return implied;
        }

        if (known == 0 && skipped < 0 && _tree[node].Count > 0 && shape.Fields.Count > 0 && Allows(AnswerCoercions.Nesting) && FindWithin(node, type) is var inner and >= 0)
        {
            Distance += 2;
            _report.Repair(AnswerRepairKind.Unwrapped, _tree[inner].Start, _tree[inner].End, "The object was taken out of what was put around it.");
            ReportPassedOver(node, inner, type);
            return Align(inner, type);
        }

        scoped Span<int> members = shape.Fields.Count <= MostOnStack ? stackalloc int[MostOnStack] : new int[shape.Fields.Count];
        members = members[..shape.Fields.Count];
        Sort(node, type, members, skipped);
        WriteFields(node, type, members, prefix);
        return true;
    }

    /// <summary>Notes for every member which field it gives.</summary>
    /// <returns>How many members stand for a field.</returns>
    private readonly int Recognise(int node, int type)
    {
        int known = 0;
        int expected = 0;
        bool named = _tree[node].NamedBy == type;
        _tree[node].NamedBy = type;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            ref AnswerNode member = ref _tree[child];
            if (!named)
            {
                member.Field = _schema.Find(type, _tree.Name(child, _source), expected, out member.Match);
            }

            if (member.Match is NameMatch.Alias or NameMatch.Folded && !Allows(AnswerCoercions.Names))
            {
                (member.Field, member.Match) = (-1, NameMatch.None);
            }

            known += member.Field >= 0 ? 1 : 0;
            expected = member.Field + 1;
        }

        return known;
    }

    /// <summary>Finds for every field the member that gives it, and reports what is unknown, renamed or repeated.</summary>
    private void Sort(int node, int type, scoped Span<int> members, int skipped)
    {
        members.Fill(-1);
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            int field = _tree[child].Field;
            if (child == skipped)
            {
                continue;
            }

            if (field < 0)
            {
                Unknown(child);
                continue;
            }

            if (_tree[child].Match != NameMatch.Exact)
            {
                Enter(type, field);
                Repaired(AnswerRepairKind.NameMatched, child, $"The field is called \"{Shown(_tree.Name(child, _source))}\" in the answer.");
                _report.Leave();
            }

            members[field] = members[field] < 0 ? child : Duplicate(type, field, members[field], child);
        }
    }

    private void Unknown(int child)
    {
        Distance++;
        _report.Enter(Shown(_tree.Name(child, _source)));
        if (Allows(AnswerCoercions.Names))
        {
            _report.Repair(AnswerRepairKind.UnknownMember, _tree[child].Start, _tree[child].End, "The schema does not know this field; it was dropped.");
        }
        else
        {
            _report.Error(AnswerErrorKind.UnknownMember, "The schema does not know this field.");
        }

        _report.Leave();
    }

    // Equal values are one; a value wins over null; two different values are an error, because either could be meant.
    private int Duplicate(int type, int field, int first, int second)
    {
        Enter(type, field);
        try
        {
            bool secondEmpty = _tree[second].Kind is NodeKind.Null or NodeKind.Absent;
            bool firstEmpty = _tree[first].Kind is NodeKind.Null or NodeKind.Absent;
            if (!IsStrict && (firstEmpty || secondEmpty || SameValue(first, second) || Allows(AnswerCoercions.Choices)))
            {
                Repaired(AnswerRepairKind.DuplicateMember, firstEmpty ? first : second, "The field is given more than once; it was read once.");
                return firstEmpty ? second : first;
            }

            Fail(AnswerErrorKind.DuplicateMember, "The field is given more than once, with different values.", found: $"{Describe(first)} and {Describe(second)}");
            return first;
        }
        finally
        {
            _report.Leave();
        }
    }

    private readonly bool SameValue(int first, int second)
    {
        // Texts of very different length are not equal; not writing them keeps a value repeated a thousand times linear.
        if (_tree[first].End - _tree[first].Start > (4 * (_tree[second].End - _tree[second].Start)) + 64)
        {
            return false;
        }

        int mark = _output.Length;
        new TreeWriter(_tree, _source, _output).Write(first);
        int middle = _output.Length;
        new TreeWriter(_tree, _source, _output).Write(second);
        ReadOnlySpan<byte> both = _output.Since(mark);
        bool same = both[..(middle - mark)].SequenceEqual(both[(middle - mark)..]);
        _output.Rewind(mark);
        return same;
    }

    private void WriteFields(int node, int type, scoped ReadOnlySpan<int> members, ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<SchemaField> fields = _schema.FieldsOf(type);
        bool cut = _tree[node].Has(NodeFlags.Cut);
        bool first = prefix.IsEmpty;
        bool incomplete = false;
        _output.Raw((byte)'{');
        _output.Raw(prefix);
        for (int field = 0; field < members.Length; field++)
        {
            int mark = _output.Length;
            bool wasFirst = first;
            _output.Separate(ref first);
            _output.Raw(_schema.NameOf(type, field));
            int member = members[field];
            if (member >= 0 && (!_schema.HasAllowed || _schema.Allowed(fields[field]) is null) && WritePlain(member, fields[field].Type))
            {
                continue;
            }

            Enter(type, field);
            incomplete |= member < 0 || _tree[member].Kind == NodeKind.Absent;
            bool written = member < 0 || _tree[member].Kind == NodeKind.Absent
                ? WriteMissing(node, fields[field], cut)
                : WriteField(member, fields[field]);
            _report.Leave();
            if (!written)
            {
                _output.Rewind(mark);
                first = wasFirst;
            }
        }

        _output.Raw((byte)'}');

        // Where the last bracket is missing but every field is there, nothing was lost.
        if (cut && incomplete)
        {
            ReportCut();
        }
    }

    private bool WriteMissing(int node, SchemaField field, bool cut)
    {
        int end = _tree[node].End;
        if (field.Presence == SchemaPresence.Required || (field.Presence == SchemaPresence.Reported && IsStrict))
        {
            return Fail(AnswerErrorKind.MissingRequired, cut ? "The answer ends before this required field." : "This required field is missing.", _schema.KindOf(field.Type).ToString());
        }

        Distance += Far;
        if (!field.Recursive)
        {
            bool reported = field.Presence == SchemaPresence.Reported;
            _report.Repair(AnswerRepairKind.MissingOptional, end, end, reported ? "The field is missing; it was read as null." : "The field is missing; its default applies.");
        }

        if (field.Presence != SchemaPresence.Reported)
        {
            return false;
        }

        _output.Raw("null"u8);
        return true;
    }

    private bool WriteField(int member, SchemaField field)
    {
        bool isNull = _tree[member].Kind == NodeKind.Null;
        if (!isNull && StandsForNull(member, field.Type))
        {
            isNull = true;
            Repaired(AnswerRepairKind.NullCoerced, member, "The text stands for no value; it was read as null.");
        }

        if (!isNull)
        {
            return Align(member, field.Type, field);
        }

        if (field.Nullable)
        {
            _output.Raw("null"u8);
            return true;
        }

        // What refers to itself is never required, and null is how its end is said.
        if (field.Recursive)
        {
            return false;
        }

        return Fail(AnswerErrorKind.UnexpectedNull, "This field may not be null.", _schema.KindOf(field.Type).ToString(), Describe(member));
    }

    // "N/A" and the like mean null where the type cannot hold them as text.
    private readonly bool StandsForNull(int node, int type)
    {
        if (_tree[node].Kind is not (NodeKind.String or NodeKind.Word) || !Allows(AnswerCoercions.Nulls) || _tree[node].Has(NodeFlags.Cut) || HoldsText(type))
        {
            return false;
        }

        ReadOnlySpan<byte> text = WhiteSpace.Trim(_tree.Text(node, _source));
        return text.Length <= 16 && NullWords.Contains(text);
    }

    private readonly bool HoldsText(int type) => _schema.KindOf(type) is SchemaKind.String or SchemaKind.Enum or SchemaKind.Any;

    private readonly void Enter(int type, int field) => _report.Enter(_schema.FieldsOf(type)[field].JsonName);

    private static string Shown(ReadOnlySpan<byte> name) => System.Text.Encoding.UTF8.GetString(Utf8Text.Beginning(name, 80));
}
