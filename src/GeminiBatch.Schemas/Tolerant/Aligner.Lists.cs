namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignList(int node, int type)
    {
        SchemaNode shape = _schema[type];
        ref AnswerNode value = ref _tree[node];
        if (value.Kind == NodeKind.Array)
        {
            _output.Raw((byte)'[');
            bool first = true;
            int index = 0;
            WriteItems(node, shape, ref first, ref index);
            _output.Raw((byte)']');
            ReportCut(node);
            return true;
        }

        if (!Coerces)
        {
            return WrongKind(node, "a list");
        }

        if (value.Kind == NodeKind.Object && ListWithin(node, shape) is var inner and >= 0)
        {
            Repaired(AnswerRepairKind.Unwrapped, inner, "The list was taken out of the object around it.");
            return Align(inner, type);
        }

        _output.Raw((byte)'[');
        Repaired(AnswerRepairKind.SingleToList, node, "A single value was read as a list of one.");
        _report.Enter(0);
        bool usable = AlignItem(node, shape);
        _report.Leave();
        _output.Raw((byte)']');
        return usable;
    }

    private void WriteItems(int node, SchemaNode shape, ref bool first, ref int index)
    {
        bool flat = Coerces && _schema.KindOf(shape.ItemType) is not (SchemaKind.Array or SchemaKind.Map or SchemaKind.Any);
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
                WriteItems(child, shape, ref first, ref index);
                continue;
            }

            int mark = _output.Length;
            bool wasFirst = first;
            _output.Separate(ref first);
            _report.Enter(index++);
            bool written = AlignItem(child, shape);
            _report.Leave();
            if (!written)
            {
                _output.Rewind(mark);
                first = wasFirst;
            }
        }
    }

    private bool AlignItem(int node, SchemaNode list)
    {
        bool isNull = _tree[node].Kind == NodeKind.Null;
        if (!isNull && Coerces && list.ItemNullable && StandsForNull(node, _schema.KindOf(list.ItemType)))
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

        Distance += 100;
        _report.Error(AnswerErrorKind.UnexpectedNull, "An item of this list may not be null.", _schema.KindOf(list.ItemType).ToString(), "null");
        return false;
    }

    // {"items": […]} where a list is expected: the list in the only member, unless the object itself is an item.
    private readonly int ListWithin(int node, SchemaNode list)
    {
        int item = list.ItemType;
        if (_schema.KindOf(item) == SchemaKind.Map || (_schema.KindOf(item) == SchemaKind.Object && CountKnown(node, item) > 0))
        {
            return -1;
        }

        int only = _tree[node].First;
        return _tree[node].Count == 1 && (_tree[only].Kind == NodeKind.Array || (_tree[only].Kind == NodeKind.String && HoldsJson(only, SchemaKind.Array))) ? only : -1;
    }

    // A list where one value is expected: its only item, or the one item that fits.
    private bool AlignSingleOfList(int node, int type, SchemaField? field)
    {
        string expected = Expected(type);
        if (!Coerces || _tree[node].Count == 0)
        {
            return WrongKind(node, expected);
        }

        int chosen = -1;
        int fits = 0;
        int chosenKnown = 0;
        bool isObject = _schema.KindOf(type) == SchemaKind.Object;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            int known = isObject ? CountKnown(child, type) : _tree[node].Count == 1 ? 1 : 0;
            fits += known > 0 ? 1 : 0;
            if (known > chosenKnown)
            {
                (chosen, chosenKnown) = (child, known);
            }
        }

        if (chosen < 0)
        {
            chosen = _tree[node].Count == 1 && isObject && _tree[_tree[node].First].Kind is NodeKind.Object or NodeKind.Array ? _tree[node].First : -1;
        }

        if (chosen < 0)
        {
            return WrongKind(node, expected);
        }

        if (fits > 1)
        {
            Distance += 10;
            _report.Repair(AnswerRepairKind.ChosenFromSeveral, _tree[node].Start, _tree[node].End, $"A list of {_tree[node].Count} stands where one value is expected; the one that fits best was read.");
        }
        else
        {
            Repaired(AnswerRepairKind.ListToSingle, node, "The value was taken out of a list.");
        }

        return Align(chosen, type, field);
    }

    private bool AlignMap(int node, int type)
    {
        SchemaNode shape = _schema[type];
        ref AnswerNode value = ref _tree[node];
        bool pairs = value.Kind == NodeKind.Array && IsPairs(node);
        if (value.Kind != NodeKind.Object && !pairs)
        {
            return WrongKind(node, "a map");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        _output.Raw((byte)'{');
        bool first = true;
        for (int child = value.First; child >= 0; child = _tree[child].Next)
        {
            string? key = pairs ? PairKey(child) : Shown(_tree.Name(child, _source), whole: true);
            int item = pairs ? PairPart(child, "value"u8) : child;
            if (key is null || item < 0 || _tree[item].Kind == NodeKind.Absent)
            {
                continue;
            }

            _report.Enter(key);
            int mark = _output.Length;
            bool wasFirst = first;
            _output.Separate(ref first);
            bool written = MapKey(shape, item, ref key) && IsNewKey(seen, key, item);
            if (written)
            {
                _output.String(key);
                _output.Raw((byte)':');
                written = AlignItem(item, shape);
            }

            _report.Leave();
            if (!written)
            {
                _output.Rewind(mark);
                first = wasFirst;
            }
        }

        _output.Raw((byte)'}');
        ReportCut(node);
        return true;
    }

    private bool IsNewKey(Dictionary<string, int> seen, string key, int item)
    {
        if (seen.TryAdd(key, item))
        {
            return true;
        }

        if (_options.Mode != RepairMode.Strict && SameValue(seen[key], item))
        {
            Repaired(AnswerRepairKind.DuplicateMember, item, "The key is given more than once; it was read once.");
        }
        else
        {
            _report.Error(AnswerErrorKind.DuplicateMember, "The key is given more than once, with different values.");
        }

        return false;
    }

    // Keys that are enum values or integers are brought to their wire form.
    private bool MapKey(SchemaNode map, int node, ref string key)
    {
        switch (_schema.KindOf(map.KeyType))
        {
            case SchemaKind.Enum when map.KeyType >= 0:
                SchemaEnumValue? value = MatchEnum(map.KeyType, key, node);
                key = value?.JsonName ?? key;
                return value is not null;
            case SchemaKind.Integer when !System.Numerics.BigInteger.TryParse(key, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _):
                _report.Error(AnswerErrorKind.WrongKind, "A key of this map is a whole number.", "Integer", key);
                return false;
            default:
                return true;
        }
    }

    private readonly bool IsPairs(int node)
    {
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (_tree[child].Kind != NodeKind.Object || PairPart(child, "key"u8) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private readonly string? PairKey(int pair)
    {
        int key = PairPart(pair, "key"u8);
        return key >= 0 && _tree[key].Kind is NodeKind.String or NodeKind.Word or NodeKind.Number ? TextOf(key) : null;
    }

    private readonly int PairPart(int pair, ReadOnlySpan<byte> part)
    {
        for (int child = _tree[pair].First; child >= 0; child = _tree[child].Next)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(_tree.Name(child, _source), part))
            {
                return child;
            }
        }

        return -1;
    }

    private static string Shown(ReadOnlySpan<byte> name, bool whole) => whole ? System.Text.Encoding.UTF8.GetString(name) : Shown(name);
}
