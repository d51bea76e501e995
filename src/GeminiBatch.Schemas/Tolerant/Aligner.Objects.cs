using System.Buffers;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignObject(int node, int type)
    {
        ref AnswerNode value = ref _tree[node];
        SchemaNode shape = _schema[type];
        if (value.Kind != NodeKind.Object)
        {
            return WrongKind(node, "an object");
        }

        int[] slots = ArrayPool<int>.Shared.Rent(Math.Max(1, shape.Fields.Count));
        try
        {
            Span<int> members = slots.AsSpan(0, shape.Fields.Count);
            int known = Sort(node, type, members, report: false);
            if (known == 0 && value.Count > 0 && Coerces && shape.Fields.Count > 0 && FindWithin(node, type) is var inner and >= 0)
            {
                Distance += 2;
                _report.Repair(AnswerRepairKind.Unwrapped, _tree[inner].Start, _tree[inner].End, "The object was taken out of what was put around it.");
                return Align(inner, type);
            }

            Sort(node, type, members, report: true);
            WriteFields(node, type, members);
            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(slots);
        }
    }

    /// <summary>Finds for every field the member that gives it.</summary>
    /// <returns>How many members stand for a field.</returns>
    private int Sort(int node, int type, Span<int> members, bool report)
    {
        members.Fill(-1);
        int known = 0;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            ReadOnlySpan<byte> name = _tree.Name(child, _source);
            int field = _schema.Find(type, name, out NameMatch match);
            if (match is NameMatch.Alias or NameMatch.Folded && !Coerces)
            {
                field = -1;
            }

            if (field < 0)
            {
                if (report)
                {
                    Unknown(child);
                }

                continue;
            }

            known++;
            if (report && match != NameMatch.Exact)
            {
                Enter(type, field);
                Repaired(AnswerRepairKind.NameMatched, child, $"The field is called \"{Shown(name)}\" in the answer.");
                _report.Leave();
            }

            members[field] = members[field] < 0 ? child : report ? Duplicate(type, field, members[field], child) : members[field];
        }

        return known;
    }

    private void Unknown(int child)
    {
        Distance++;
        string name = Shown(_tree.Name(child, _source));
        if (Coerces)
        {
            _report.Enter(name);
            _report.Repair(AnswerRepairKind.UnknownMember, _tree[child].Start, _tree[child].End, "The schema does not know this field; it was dropped.");
            _report.Leave();
        }
        else
        {
            _report.Enter(name);
            _report.Error(AnswerErrorKind.UnknownMember, "The schema does not know this field.");
            _report.Leave();
        }
    }

    // Equal values are one; a value wins over null; two different values are an error, because either could be meant.
    private int Duplicate(int type, int field, int first, int second)
    {
        Enter(type, field);
        try
        {
            bool secondEmpty = _tree[second].Kind is NodeKind.Null or NodeKind.Absent;
            bool firstEmpty = _tree[first].Kind is NodeKind.Null or NodeKind.Absent;
            if (_options.Mode != RepairMode.Strict && (firstEmpty || secondEmpty || SameValue(first, second)))
            {
                Repaired(AnswerRepairKind.DuplicateMember, firstEmpty ? first : second, "The field is given more than once; it was read once.");
                return firstEmpty ? second : first;
            }

            _report.Error(AnswerErrorKind.DuplicateMember, "The field is given more than once, with different values.", found: $"{Describe(first)} and {Describe(second)}");
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

    private void WriteFields(int node, int type, ReadOnlySpan<int> members)
    {
        SchemaNode shape = _schema[type];
        bool cut = _tree[node].Has(NodeFlags.Cut);
        bool first = true;
        bool incomplete = false;
        _output.Raw((byte)'{');
        for (int field = 0; field < members.Length; field++)
        {
            int mark = _output.Length;
            bool wasFirst = first;
            _output.Separate(ref first);
            _output.Name(_schema.NameOf(type, field));
            Enter(type, field);
            int member = members[field];
            incomplete |= member < 0 || _tree[member].Kind == NodeKind.Absent;
            bool written = member < 0 || _tree[member].Kind == NodeKind.Absent
                ? WriteMissing(node, shape.Fields[field], cut)
                : WriteField(member, shape.Fields[field]);
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
        Distance += 100;
        if (field.Presence == SchemaPresence.Required || (field.Presence == SchemaPresence.Reported && _options.Mode == RepairMode.Strict))
        {
            _report.Error(AnswerErrorKind.MissingRequired, cut ? "The answer ends before this required field." : "This required field is missing.", _schema.KindOf(field.Type).ToString());
            return false;
        }

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
        if (!isNull && Coerces && StandsForNull(member, _schema.KindOf(field.Type)))
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

        if (field.Recursive && Coerces)
        {
            Repaired(AnswerRepairKind.MissingOptional, member, "The field is null; it was read as empty.");
            return false;
        }

        Distance += 100;
        _report.Error(AnswerErrorKind.UnexpectedNull, "This field may not be null.", _schema.KindOf(field.Type).ToString(), Describe(member));
        return false;
    }

    // "N/A" and the like mean null where the type cannot hold them as text.
    private readonly bool StandsForNull(int node, SchemaKind kind)
    {
        if (_tree[node].Kind is not (NodeKind.String or NodeKind.Word) || kind is SchemaKind.String or SchemaKind.Enum or SchemaKind.Any || _tree[node].Has(NodeFlags.Cut))
        {
            return false;
        }

        ReadOnlySpan<byte> text = WhiteSpace.Trim(_tree.Text(node, _source));
        return text.Length <= 16 && NullWords.Contains(text);
    }

    private readonly void Enter(int type, int field) => _report.Enter(_schema[type].Fields[field].JsonName);

    private static string Shown(ReadOnlySpan<byte> name) => System.Text.Encoding.UTF8.GetString(name.Length > 80 ? name[..80] : name);

    /// <summary>The object or list inside an object that fits a type: in its only member, or in the one member whose names are the type's.</summary>
    private readonly int FindWithin(int node, int type)
    {
        int best = -1;
        int bestKnown = 0;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            int known = CountKnown(child, type);
            if (known > bestKnown)
            {
                (best, bestKnown) = (child, known);
            }
        }

        if (best >= 0)
        {
            return best;
        }

        int only = _tree[node].First;
        return _tree[node].Count == 1 && (_tree[only].Kind is NodeKind.Object || (_tree[only].Kind is NodeKind.String && HoldsJson(only, SchemaKind.Object))) ? only : -1;
    }

    /// <summary>How many members of an object, or of the first object in a list, are fields of a type.</summary>
    private readonly int CountKnown(int node, int type)
    {
        if (_tree[node].Kind == NodeKind.Array)
        {
            int first = _tree[node].First;
            return first >= 0 && _tree[first].Kind == NodeKind.Object ? CountKnown(first, type) : 0;
        }

        int known = 0;
        for (int child = _tree[node].Kind == NodeKind.Object ? _tree[node].First : -1; child >= 0; child = _tree[child].Next)
        {
            known += _schema.Find(type, _tree.Name(child, _source), out _) >= 0 ? 1 : 0;
        }

        return known;
    }
}
