namespace GeminiBatch;

/// <summary>Values with too much around them, or too little.</summary>
internal ref partial struct Aligner
{
    // 5 where {"amount": 5} is expected: the only field of the object. A text alone is taken only where it was written as a JSON value.
    private bool? AlignImplied(int node, int type, ReadOnlySpan<byte> prefix)
    {
        SchemaNode shape = _schema[type];
        NodeKind given = _tree[node].Kind;
        if (shape.Fields.Count != 1 || !Allows(AnswerCoercions.Nesting) || given == NodeKind.Absent || _tree[node].Has(NodeFlags.Cut))
        {
            return null;
        }

        SchemaField only = shape.Fields[0];
        SchemaKind kind = _schema.KindOf(only.Type);
        bool scalar = kind is not (SchemaKind.Object or SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Union);
        bool fits = given switch
        {
            NodeKind.Null => only.Nullable,
            NodeKind.Object => !scalar && CountKnown(node, only.Type) > 0,
            NodeKind.Array => false,
            NodeKind.String or NodeKind.Word => scalar && (kind != SchemaKind.String || _report.Depth > 0),
            _ => scalar,
        };
        if (!fits)
        {
            return null;
        }

        Repaired(AnswerRepairKind.Wrapped, node, $"A bare value was read as the field \"{only.JsonName}\" of an object.");
        _output.Raw((byte)'{');
        _output.Raw(prefix);
        _output.Raw(prefix.IsEmpty ? default : ","u8);
        _output.Raw(_schema.NameOf(type, 0));
        _report.Enter(only.JsonName);
        bool usable = WriteField(node, only);
        _report.Leave();
        _output.Raw((byte)'}');
        return usable;
    }

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

    // What stands beside the object that was taken out is dropped as any unknown field is, unless it fits as well.
    private void ReportPassedOver(int node, int chosen, int type)
    {
        bool rival = false;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (child != chosen)
            {
                Unknown(child);
                rival |= CountKnown(child, type) > 0 && !SameValue(chosen, child);
            }
        }

        if (rival)
        {
            ReportRivals(node, "Several fields hold what is expected here.");
        }
    }

    private void ReportRivals(int node, string message)
    {
        if (Allows(AnswerCoercions.Choices))
        {
            Distance += 10;
            _report.Repair(AnswerRepairKind.ChosenFromSeveral, _tree[node].Start, _tree[node].End, message + " The one that fits best was read.");
        }
        else
        {
            Fail(AnswerErrorKind.AmbiguousValue, message + " Only the first of those that fit best was read.", found: Describe(node));
        }
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
            known += _schema.Find(type, _tree.Name(child, _source), known, out _) >= 0 ? 1 : 0;
        }

        return known;
    }

    // A list where one value is expected: its only item, or the one item that fits.
    private bool AlignSingleOfList(int node, int type, SchemaField? field)
    {
        string expected = Expected(type);
        if (!Allows(AnswerCoercions.Lists) || _tree[node].Count == 0)
        {
            return WrongKind(node, expected);
        }

        int chosen = _schema.KindOf(type) == SchemaKind.Object ? BestItem(node, type) : BestScalar(node, type);
        if (chosen < 0)
        {
            return WrongKind(node, expected);
        }

        bool rivals = false;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            bool empty = _tree[child].Kind is NodeKind.Null or NodeKind.Absent;
            rivals |= child != chosen && !empty && !SameValue(chosen, child) && (_schema.KindOf(type) != SchemaKind.Object || CountKnown(child, type) > 0);
        }

        if (rivals)
        {
            ReportRivals(node, $"A list of {_tree[node].Count} stands where one value is expected.");
        }
        else
        {
            Repaired(AnswerRepairKind.ListToSingle, node, _tree[node].Count == 1 ? "The value was taken out of a list." : $"The one value that fits was taken out of a list of {_tree[node].Count}.");
        }

        return Align(chosen, type, field);
    }

    private readonly int BestItem(int node, int type)
    {
        int chosen = -1;
        int chosenKnown = 0;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            int known = CountKnown(child, type);
            if (known > chosenKnown)
            {
                (chosen, chosenKnown) = (child, known);
            }
        }

        int first = _tree[node].First;
        return chosen < 0 && _tree[node].Count == 1 && _tree[first].Kind is NodeKind.Object or NodeKind.Array ? first : chosen;
    }

    // Where several values may be read, the first that can be read.
    private int BestScalar(int node, int type)
    {
        int first = _tree[node].First;
        if (_tree[node].Count == 1 || !Allows(AnswerCoercions.Choices))
        {
            return _tree[node].Count == 1 || AllSame(node) ? first : -1;
        }

        int best = -1;
        Trial closest = default;
        for (int child = first; child >= 0; child = _tree[child].Next)
        {
            Trial trial = Try(child, type);
            if (trial is { Unusable: 0, Errors: 0 } && (best < 0 || trial.CompareTo(closest) < 0))
            {
                (best, closest) = (child, trial);
            }
        }

        return best;
    }

    private readonly bool AllSame(int node)
    {
        int first = _tree[node].First;
        for (int child = _tree[first].Next; child >= 0; child = _tree[child].Next)
        {
            if (!SameValue(first, child))
            {
                return false;
            }
        }

        return true;
    }
}
