using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>How a name of the answer came to stand for a field.</summary>
internal enum NameMatch
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

    private readonly FieldNames?[] _names;

    private SchemaIndex(SchemaDescriptor descriptor)
    {
        Descriptor = descriptor;
        _names = new FieldNames?[descriptor.Types.Count];
        for (int type = 0; type < _names.Length; type++)
        {
            _names[type] = descriptor.Types[type].Kind == SchemaKind.Object ? new FieldNames(descriptor.Types[type].Fields) : null;
        }
    }

    public SchemaDescriptor Descriptor { get; }

    public static SchemaIndex Of(SchemaDescriptor descriptor) => Cache.GetValue(descriptor, static key => new SchemaIndex(key));

    public SchemaNode this[int type] => Descriptor.Types[type];

    public SchemaKind KindOf(int type) => type < 0 ? SchemaKind.Any : Descriptor.Types[type].Kind;

    public int FieldType(int type, int field) => type < 0 || field < 0 ? -1 : Descriptor.Types[type].Fields[field].Type;

    /// <summary>The field that a name stands for, or -1.</summary>
    public int Find(int type, ReadOnlySpan<byte> name, out NameMatch match)
    {
        match = NameMatch.None;
        return type < 0 || _names[type] is not { } names ? -1 : names.Find(name, out match);
    }

    /// <summary>The UTF-8 form of a field's JSON name.</summary>
    public ReadOnlySpan<byte> NameOf(int type, int field) => _names[type]!.Exact(field);

    /// <summary>The object type that a value of a type consists of: itself, or the items of its lists; -1 when there is none.</summary>
    public int ObjectWithin(int type)
    {
        for (int hops = 0; type >= 0 && hops <= Descriptor.Types.Count; hops++)
        {
            switch (KindOf(type))
            {
                case SchemaKind.Object or SchemaKind.Map:
                    return type;
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
        private readonly byte[][] _exact;
        private readonly Dictionary<string, int> _aliases = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);

        public FieldNames(IReadOnlyList<SchemaField> fields)
        {
            _exact = [.. fields.Select(field => Encoding.UTF8.GetBytes(field.JsonName))];
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

        public ReadOnlySpan<byte> Exact(int field) => _exact[field];

        public int Find(ReadOnlySpan<byte> name, out NameMatch match)
        {
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
