using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>How a name of the answer came to stand for a field.</summary>
internal enum NameMatch : byte
{
    None,
    Exact,
    Alias,
    Folded,
}

/// <summary>The names of a descriptor, made ready once per descriptor for matching.</summary>
internal sealed class SchemaIndex
{
    private static readonly ConditionalWeakTable<SchemaDescriptor, SchemaIndex> Cache = [];

    private readonly SchemaNode[] _types;
    private readonly FieldNames?[] _names;
    private readonly SchemaField[][] _fields;
    private readonly byte[] _rootMember;
    private readonly byte[][][] _cases;
    private readonly EnumTexts?[] _enums;
    private readonly Dictionary<SchemaField, AllowedTexts>? _allowed;
    private readonly (BigInteger? Minimum, BigInteger? Maximum)[] _integers;
    private readonly (long Minimum, long Maximum)[] _small;

    private SchemaIndex(SchemaDescriptor descriptor)
    {
        Descriptor = descriptor;
        _rootMember = Encoding.UTF8.GetBytes(descriptor.RootMember ?? "");
        _types = [.. descriptor.Types];
        _fields = [.. _types.Select(type => type.Kind == SchemaKind.Union ? OfCases(descriptor, type).ToArray() : [.. type.Fields])];
        _names = [.. _types.Select((type, index) => type.Kind == SchemaKind.Object || _fields[index].Length > 0 ? new FieldNames(_fields[index]) : null)];
        _cases = [.. _types.Select(static type => type.Discriminator is { } discriminator
            ? type.Cases.Select(option => (byte[])[.. CanonicalWriter.Quoted(discriminator), (byte)':', .. CanonicalWriter.Quoted(option.Name)]).ToArray()
            : [])];
        _enums = [.. descriptor.Types.Select(static type => type.Kind == SchemaKind.Enum ? new EnumTexts(type.EnumValues) : null)];
        _allowed = AllowedIn(descriptor);
        _integers = [.. descriptor.Types.Select(static type => (Bound(type.IntegerMinimum), Bound(type.IntegerMaximum)))];
        _small = [.. _integers.Select(static range => (Clamp(range.Minimum ?? long.MinValue), Clamp(range.Maximum ?? long.MaxValue)))];
    }

    public SchemaDescriptor Descriptor { get; }

    /// <summary>The UTF-8 form of the member in which a root that is no object is asked for.</summary>
    public ReadOnlySpan<byte> RootMember => _rootMember;

    public static SchemaIndex Of(SchemaDescriptor descriptor) => Cache.GetValue(descriptor, static key => new SchemaIndex(key));

    public SchemaNode this[int type] => _types[type];

    public SchemaKind KindOf(int type) => type < 0 ? SchemaKind.Any : _types[type].Kind;

    /// <summary>Whether the values of a type are objects with known names: those of an object, or of all cases of a union.</summary>
    public bool HasFields(int type) => type >= 0 && _names[type] is not null;

    /// <summary>The fields of an object's type, or of all cases of a union.</summary>
    public ReadOnlySpan<SchemaField> FieldsOf(int type) => _fields[type];

    public int FieldType(int type, int field) => type < 0 || field < 0 ? -1 : _fields[type][field].Type;

    /// <summary>The field that a name stands for, or -1.</summary>
    public int Find(int type, ReadOnlySpan<byte> name, out NameMatch match) => Find(type, name, 0, out match);

    /// <inheritdoc cref="Find(int, ReadOnlySpan{byte}, out NameMatch)"/>
    /// <param name="type">The object's type.</param>
    /// <param name="name">The name.</param>
    /// <param name="expected">The field that would come next in the schema's order.</param>
    /// <param name="match">How the name came to stand for the field.</param>
    public int Find(int type, ReadOnlySpan<byte> name, int expected, out NameMatch match)
    {
        match = NameMatch.None;
        return type < 0 || _names[type] is not { } names ? -1 : names.Find(name, expected, out match);
    }

    /// <summary>Whether any field is a text or a free-form value of which only some are allowed.</summary>
    public bool HasAllowed => _allowed is not null;

    /// <summary>The allowed values of such a field; null for any other.</summary>
    public AllowedTexts? Allowed(SchemaField field) => _allowed?.GetValueOrDefault(field);

    /// <summary>The values of an enum.</summary>
    public EnumTexts Enum(int type) => _enums[type]!;

    public bool IsWithin(int type, long value) => value >= _small[type].Minimum && value <= _small[type].Maximum;

    /// <summary>The smallest and largest value of an integer type; null where there is no bound.</summary>
    public (BigInteger? Minimum, BigInteger? Maximum) IntegerRange(int type) => _integers[type];

    // What the cases of a union may hold, the discriminator included; where two cases use a name for different types, its type is not known.
    private static List<SchemaField> OfCases(SchemaDescriptor descriptor, SchemaNode union)
    {
        List<SchemaField> fields = union.Discriminator is { } discriminator ? [new SchemaField(discriminator, -1)] : [];
        foreach (SchemaField field in union.Cases.SelectMany(option => descriptor.Types[option.Type].Fields))
        {
            int known = fields.FindIndex(other => string.Equals(other.JsonName, field.JsonName, StringComparison.Ordinal));
            if (known < 0)
            {
                fields.Add(field);
            }
            else if (fields[known].Type != field.Type)
            {
                fields[known] = new SchemaField(field.JsonName, -1) { MemberName = field.MemberName, Aliases = [.. fields[known].Aliases.Union(field.Aliases)] };
            }
        }

        return fields;
    }

    private static Dictionary<SchemaField, AllowedTexts>? AllowedIn(SchemaDescriptor descriptor)
    {
        var allowed = new Dictionary<SchemaField, AllowedTexts>();
        foreach (SchemaField field in descriptor.Types.SelectMany(static type => type.Fields))
        {
            if (AllowedTexts.Of(field, descriptor.Types[field.Type].Kind) is { } texts)
            {
                allowed.TryAdd(field, texts);
            }
        }

        return allowed.Count > 0 ? allowed : null;
    }

    private static long Clamp(BigInteger bound) => (long)BigInteger.Clamp(bound, long.MinValue, long.MaxValue);

    private static BigInteger? Bound(string? text) => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger bound) ? bound : null;

    /// <summary>A field's JSON name as canonical JSON holds it, with its quotes and colon.</summary>
    public ReadOnlySpan<byte> NameOf(int type, int field) => _names[type]!.Written(field);

    /// <summary>The same, where the name has no character that JSON escapes; empty for any other, and where there is no such field.</summary>
    public ReadOnlySpan<byte> PlainNameOf(int type, int field) => _names[type]!.Plain(field);

    /// <summary>The member that names a case of a union with a discriminator, as canonical JSON holds it.</summary>
    public ReadOnlySpan<byte> CaseOf(int union, int option) => _cases[union][option];

    /// <summary>The object type that a value of a type consists of: itself, or the items of its lists; -1 when there is none.</summary>
    public int ObjectWithin(int type)
    {
        for (int hops = 0; type >= 0 && hops <= _types.Length; hops++)
        {
            switch (KindOf(type))
            {
                case SchemaKind.Object or SchemaKind.Map:
                    return type;
                case SchemaKind.Union:
                    return HasFields(type) ? type : -1;
                case SchemaKind.Array:
                    type = this[type].ItemType;
                    break;
                default:
                    return -1;
            }
        }

        return -1;
    }

    private sealed class FieldNames
    {
        // Two quotes and a colon.
        private const int MarksAroundName = 3;

        private readonly byte[][] _exact;
        private readonly byte[][] _written;
        private readonly Dictionary<string, int> _aliases = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);

        public FieldNames(IReadOnlyList<SchemaField> fields)
        {
            _exact = [.. fields.Select(static field => Encoding.UTF8.GetBytes(field.JsonName))];
            _written = [.. fields.Select(static field => (byte[])[.. CanonicalWriter.Quoted(field.JsonName), (byte)':'])];
            for (int i = 0; i < fields.Count; i++)
            {
                foreach (string alias in fields[i].Aliases)
                {
                    Claim(_aliases, alias, i);
                }
            }

            for (int i = 0; i < fields.Count; i++)
            {
                Claim(_folded, NameFolding.Fold(fields[i].JsonName), i);
                Claim(_folded, NameFolding.Fold(fields[i].MemberName), i);
                foreach (string alias in fields[i].Aliases)
                {
                    Claim(_folded, NameFolding.Fold(alias), i);
                }
            }
        }

        public ReadOnlySpan<byte> Written(int field) => _written[field];

        public ReadOnlySpan<byte> Plain(int field) =>
            (uint)field < (uint)_written.Length && _written[field].Length == _exact[field].Length + MarksAroundName ? _written[field] : default;

        public int Find(ReadOnlySpan<byte> name, int expected, out NameMatch match)
        {
            if ((uint)expected < (uint)_exact.Length && name.SequenceEqual(_exact[expected]))
            {
                match = NameMatch.Exact;
                return expected;
            }

            for (int i = 0; i < _exact.Length; i++)
            {
                if (name.SequenceEqual(_exact[i]))
                {
                    match = NameMatch.Exact;
                    return i;
                }
            }

            match = NameMatch.None;
            if (name.Length is 0 or > NameFolding.LongestName)
            {
                return -1;
            }

            string text = Encoding.UTF8.GetString(name);
            if (_aliases.TryGetValue(text, out int field) && field >= 0)
            {
                match = NameMatch.Alias;
                return field;
            }

            if (_folded.TryGetValue(NameFolding.Fold(text), out field) && field >= 0)
            {
                match = NameMatch.Folded;
                return field;
            }

            return -1;
        }

        // A name that two fields claim stands for neither.
        private static void Claim(Dictionary<string, int> names, string name, int field)
        {
            if (name.Length > 0 && !names.TryAdd(name, field) && names[name] != field)
            {
                names[name] = -1;
            }
        }
    }
}
