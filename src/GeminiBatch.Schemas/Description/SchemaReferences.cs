namespace GeminiBatch;

/// <summary>How a schema's types are referred to: which are written once under a name, and which name that is.</summary>
internal sealed class SchemaReferences
{
    private readonly int[] _counts;
    private readonly bool[] _recursive;
    private readonly string[] _names;

    public SchemaReferences(SchemaDescriptor descriptor)
    {
        _counts = new int[descriptor.Types.Count];
        _recursive = new bool[descriptor.Types.Count];
        _names = new string[descriptor.Types.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < descriptor.Types.Count; i++)
        {
            var type = descriptor.Types[i];
            Count(type.ItemType);
            Count(type.KeyType);
            for (var option = 0; type.Discriminator is null && option < type.Cases.Count; option++)
            {
                Count(type.Cases[option].Type);
            }

            for (var index = 0; index < type.Fields.Count; index++)
            {
                var field = type.Fields[index];
                Count(field.Type);
                if (field.Recursive)
                {
                    _recursive[TargetOf(descriptor, field.Type)] = true;
                }
            }

            var name = PlainName(type.Name);
            var unique = name;
            while (!taken.Add(unique))
            {
                // Lower numbers of the name are taken: scalars have no name, so that there are many of one.
                var number = last[name] = last.TryGetValue(name, out var used) ? used + 1 : 2;
                unique = FormattableString.Invariant($"{name}{number}");
            }

            _names[i] = unique;
        }

        Named = [.. Enumerable.Range(0, descriptor.Types.Count).Where(index => IsNamed(descriptor, index))];
    }

    /// <summary>The types that are recursive, and the objects, enums and unions that are used more than once.</summary>
    public IReadOnlyList<int> Named { get; }

    public string NameOf(int type) => _names[type];

    public bool IsRecursive(int type) => _recursive[type];

    /// <summary>The object or union at the end of lists and maps.</summary>
    public static int TargetOf(SchemaDescriptor descriptor, int type) => TargetOf(type, index => descriptor.Types[index].ItemType);

    /// <inheritdoc cref="TargetOf(SchemaDescriptor, int)"/>
    /// <param name="type">Where the lists and maps begin.</param>
    /// <param name="itemType">The type of a list's or map's items; negative for other types.</param>
    public static int TargetOf(int type, Func<int, int> itemType)
    {
        for (var item = itemType(type); item >= 0; item = itemType(type))
        {
            type = item;
        }

        return type;
    }

    /// <summary>What stands behind the slash of a reference must not need an escape.</summary>
    private static string PlainName(string name)
    {
        var plain = name.ToCharArray();
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = plain[i] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? plain[i] : '_';
        }

        return Array.TrueForAll(plain, static character => character == '_') ? "Type" : new string(plain);
    }

    private bool IsNamed(SchemaDescriptor descriptor, int type) =>
        _recursive[type] || (_counts[type] > 1 && descriptor.Types[type].Kind is SchemaKind.Object or SchemaKind.Enum or SchemaKind.Union);

    private void Count(int type)
    {
        if (type >= 0)
        {
            _counts[type]++;
        }
    }
}
