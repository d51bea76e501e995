namespace GeminiBatch.Scaffolding;

/// <summary>The member names of one type.</summary>
/// <param name="typeName">The type: no member may be named like it.</param>
internal sealed class MemberNames(string typeName)
{
    /// <summary>What every record and enum already has.</summary>
    private static readonly HashSet<string> Inherited = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals", "EqualityContract", "PrintMembers",
        "Clone", "Schema",
    };

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Take(string wish)
    {
        var name = Identifiers.Pascal(wish) ?? "Value";
        if (name == typeName || Inherited.Contains(name))
        {
            name += "Value";
        }

        var free = name;
        for (var number = 2; free == typeName || !_taken.Add(free); number++)
        {
            free = FormattableString.Invariant($"{name}{number}");
        }

        return free;
    }
}
