using System.Globalization;
using System.Numerics;
using System.Text;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    private bool AlignMap(int node, int type)
    {
        SchemaNode shape = _schema[type];
        bool pairs = _tree[node].Kind == NodeKind.Array && IsPairs(node);
        if (_tree[node].Kind != NodeKind.Object && !pairs)
        {
            return WrongKind(node, "a map");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        _output.Raw((byte)'{');
        bool first = true;
        int index = 0;
        bool renamed = false;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            int mark = _output.Length;
            bool wasFirst = first;
            _output.Separate(ref first);
            if (!(pairs ? WritePair(child, index++, shape, seen, ref renamed) : WriteEntry(child, shape, seen)))
            {
                _output.Rewind(mark);
                first = wasFirst;
            }
        }

        _output.Raw((byte)'}');
        if (renamed)
        {
            Repaired(AnswerRepairKind.MapFromPairs, node, "The map was read from a list of pairs with other names than \"key\" and \"value\".");
        }

        ReportCut(node);
        return true;
    }

    private bool WriteEntry(int child, SchemaNode shape, Dictionary<string, int> seen)
    {
        string key = Encoding.UTF8.GetString(_tree.Name(child, _source));
        _report.Enter(key);
        bool written = WriteValue(key, child, child, shape, seen);
        _report.Leave();
        return written;
    }

    // {"key": …, "value": …}: the form that maps have in a schema that cannot say them.
    private bool WritePair(int pair, int index, SchemaNode shape, Dictionary<string, int> seen, ref bool renamed)
    {
        if (_tree[pair].Kind == NodeKind.Absent)
        {
            return false;
        }

        int key = PairPart(pair, "key"u8, ref renamed);
        int value = PairPart(pair, "value"u8, ref renamed);
        _report.Enter(index);
        for (int child = _tree[pair].First; child >= 0; child = _tree[child].Next)
        {
            if (child != key && child != value)
            {
                Unknown(child);
            }
        }

        bool written = false;
        if (key < 0 || _tree[key].Kind == NodeKind.Absent || value < 0)
        {
            ReportCut(pair);
            Fail(AnswerErrorKind.MissingRequired, key < 0 || _tree[key].Kind == NodeKind.Absent ? "The pair has no key." : "The pair has no value.");
        }
        else if (KeyText(key, shape) is { } text)
        {
            written = WriteValue(text, key, value, shape, seen);
        }

        _report.Leave();
        return written;
    }

    private string? KeyText(int key, SchemaNode shape)
    {
        NodeKind given = _tree[key].Kind;
        if (given is NodeKind.String or NodeKind.Word || (given == NodeKind.Number && _schema.KindOf(shape.KeyType) == SchemaKind.Integer))
        {
            return TextOf(key);
        }

        if (given == NodeKind.Number && Allows(AnswerCoercions.Texts))
        {
            Repaired(AnswerRepairKind.StringCoerced, key, "A number was read as text.");
            return TextOf(key);
        }

        WrongKind(key, "a key");
        return null;
    }

    private bool WriteValue(string key, int keyNode, int item, SchemaNode shape, Dictionary<string, int> seen)
    {
        if (_tree[item].Kind == NodeKind.Absent)
        {
            ReportCut(item);
            return !_tree[item].Has(NodeFlags.Cut) && Fail(AnswerErrorKind.MissingRequired, "The key has no value.");
        }

        if (!MapKey(shape, keyNode, ref key) || !IsNewKey(seen, key, item))
        {
            return false;
        }

        _output.String(key);
        _output.Raw((byte)':');
        return AlignEntry(item, shape);
    }

    private bool IsNewKey(Dictionary<string, int> seen, string key, int item)
    {
        if (seen.TryAdd(key, item))
        {
            return true;
        }

        if (!IsStrict && SameValue(seen[key], item))
        {
            Repaired(AnswerRepairKind.DuplicateMember, item, "The key is given more than once; it was read once.");
            return false;
        }

        return Fail(AnswerErrorKind.DuplicateMember, "The key is given more than once, with different values.");
    }

    // Keys that are enum values or whole numbers are brought to their wire form.
    private bool MapKey(SchemaNode map, int node, ref string key)
    {
        switch (_schema.KindOf(map.KeyType))
        {
            case SchemaKind.Enum when map.KeyType >= 0:
                int value = MatchEnum(map.KeyType, Encoding.UTF8.GetBytes(key), node);
                key = value < 0 ? key : _schema.Enum(map.KeyType).Values[value].JsonName;
                return value >= 0;
            case SchemaKind.Integer:
                return IntegerKey(map.KeyType, node, ref key);
            default:
                return true;
        }
    }

    private bool IntegerKey(int type, int node, ref string key)
    {
        NumberStyles styles = Allows(AnswerCoercions.Numbers) ? NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite : NumberStyles.AllowLeadingSign;
        if (key.Length > MostDigits || !BigInteger.TryParse(key, styles, CultureInfo.InvariantCulture, out BigInteger number))
        {
            return Fail(AnswerErrorKind.WrongKind, "A key of this map is a whole number.", Expected(type), key.Length > 60 ? key[..60] + "…" : key);
        }

        (BigInteger? minimum, BigInteger? maximum) = _schema.IntegerRange(type);
        if (number < minimum || number > maximum)
        {
            return Fail(AnswerErrorKind.OutOfRange, $"The key {number} does not fit its type.", $"{minimum} to {maximum}");
        }

        string written = number.ToString(CultureInfo.InvariantCulture);
        if (!string.Equals(written, key, StringComparison.Ordinal))
        {
            if (!Allows(AnswerCoercions.Numbers))
            {
                return Fail(AnswerErrorKind.WrongKind, "A key of this map is a whole number without a plus sign or leading zeros.", written, key);
            }

            Repaired(AnswerRepairKind.NumberCoerced, node, $"The key \"{key}\" was read as {written}.");
            key = written;
        }

        return true;
    }

    // Every pair has a key; one that has lost its value or key still shows what the list is.
    private readonly bool IsPairs(int node)
    {
        bool renamed = false;
        int keys = 0;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (_tree[child].Kind == NodeKind.Absent)
            {
                continue;
            }

            if (_tree[child].Kind != NodeKind.Object || (PairPart(child, "key"u8, ref renamed) < 0 && PairPart(child, "value"u8, ref renamed) < 0))
            {
                return false;
            }

            keys++;
        }

        return keys > 0 || _tree[node].Count == 0;
    }

    private readonly int PairPart(int pair, ReadOnlySpan<byte> part, ref bool renamed)
    {
        int folded = -1;
        for (int child = _tree[pair].First; child >= 0; child = _tree[child].Next)
        {
            ReadOnlySpan<byte> name = _tree.Name(child, _source);
            if (name.SequenceEqual(part))
            {
                return child;
            }

            folded = folded < 0 && Allows(AnswerCoercions.Lists) && Ascii.EqualsIgnoreCase(name, part) ? child : folded;
        }

        renamed |= folded >= 0;
        return folded;
    }
}
