namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignList(int node, int type)
    {
        SchemaNode shape = _schema[type];
        NodeKind given = _tree[node].Kind;
        if (given == NodeKind.Array)
        {
            var items = new ItemList(shape.UniqueItems ? new HashSet<string>(StringComparer.Ordinal) : null);
            _output.Raw((byte)'[');
            WriteItems(node, shape, ref items);
            _output.Raw((byte)']');
            ReportCut(node);
            return true;
        }

        if (given == NodeKind.Object && ListWithin(node, shape) is var inner and >= 0 && Allows(AnswerCoercions.Nesting))
        {
            Repaired(AnswerRepairKind.Unwrapped, inner, "The list was taken out of the object around it.");
            ReportPassedOver(node, inner, shape.ItemType);
            return Align(inner, type);
        }

        if (!Allows(AnswerCoercions.Lists) || given is NodeKind.Null or NodeKind.Absent)
        {
            return WrongKind(node, "a list");
        }

        _output.Raw((byte)'[');
        Repaired(AnswerRepairKind.SingleToList, node, "A single value was read as a list of one.");
        _report.Enter(0);
        bool usable = AlignItem(node, shape);
        _report.Leave();
        _output.Raw((byte)']');
        return usable;
    }

    private void WriteItems(int node, SchemaNode shape, ref ItemList items)
    {
        bool flat = Allows(AnswerCoercions.Nesting) && _schema.KindOf(shape.ItemType) is not (SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Union);
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (_tree[child].Kind == NodeKind.Absent)
            {
                continue;
            }

            // A list within the list of what cannot be lists: a bracket too many.
            if (flat && _tree[child].Kind == NodeKind.Array)
            {
                Repaired(AnswerRepairKind.Unwrapped, child, "The items were taken out of a list within the list.");
                WriteItems(child, shape, ref items);
                continue;
            }

            int mark = _output.Length;
            bool wasFirst = items.First;
            _output.Separate(ref items.First);
            int start = _output.Length;
            _report.Enter(items.Index++);
            bool written = AlignEntry(child, shape) && (items.Seen is null || IsNewItem(child, start, items.Seen));
            _report.Leave();
            if (!written)
            {
                _output.Rewind(mark);
                items.First = wasFirst;
            }
        }
    }

    // Items that cannot be read are errors, or are dropped where that was asked for; what is cut off is always told.
    private bool AlignEntry(int node, SchemaNode list)
    {
        if (!Allows(AnswerCoercions.DroppedItems))
        {
            return AlignItem(node, list);
        }

        ReportMark reported = _report.Mark();
        (int distance, bool cut) = (Distance, CutReported);
        bool written = AlignItem(node, list);
        if ((written && _report.ErrorCount == reported.ErrorCount) || (CutReported && !cut))
        {
            return written;
        }

        _report.Rewind(in reported);
        Distance = distance + 10;
        Repaired(AnswerRepairKind.ItemDropped, node, $"{Describe(node)} does not fit here; it was dropped.");
        return false;
    }

    private bool AlignItem(int node, SchemaNode list)
    {
        bool isNull = _tree[node].Kind == NodeKind.Null;
        if (!isNull && list.ItemNullable && StandsForNull(node, list.ItemType))
        {
            isNull = true;
            Repaired(AnswerRepairKind.NullCoerced, node, "The text stands for no value; it was read as null.");
        }

        if (!isNull)
        {
            return Align(node, list.ItemType);
        }

        if (list.ItemNullable)
        {
            _output.Raw("null"u8);
            return true;
        }

        return Fail(AnswerErrorKind.UnexpectedNull, "An item of this list may not be null.", _schema.KindOf(list.ItemType).ToString(), "null");
    }

    // Equal items of a set are one item, and that one was given more than once is told.
    private bool IsNewItem(int node, int start, HashSet<string> seen)
    {
        if (seen.Add(NumberText.Normalised(_output.Since(start))))
        {
            return true;
        }

        if (IsStrict)
        {
            return Fail(AnswerErrorKind.DuplicateMember, "The item is given more than once, and the list holds each only once.");
        }

        Repaired(AnswerRepairKind.DuplicateMember, node, "The item is given more than once; it was read once.");
        return false;
    }

    // {"items": […]} where a list is expected: the list in the only member, or in the only one that holds a list, unless the object itself is an item.
    private readonly int ListWithin(int node, SchemaNode list)
    {
        int item = list.ItemType;
        if (_schema.KindOf(item) is SchemaKind.Map or SchemaKind.Any || (_schema.KindOf(item) == SchemaKind.Object && CountKnown(node, item) > 0))
        {
            return -1;
        }

        int only = _tree[node].First;
        return _tree[node].Count == 1 && (_tree[only].Kind == NodeKind.Array || (_tree[only].Kind == NodeKind.String && HoldsJson(only, SchemaKind.Array))) ? only : -1;
    }

    /// <summary>The items of a list as they are written.</summary>
    private struct ItemList(HashSet<string>? seen)
    {
        public readonly HashSet<string>? Seen = seen;
        public bool First = true;
        public int Index;
    }
}
