namespace GeminiBatch.Generators;

internal static class UniqueNames
{
    /// <summary>Takes a name, with a number when it is taken already.</summary>
    public static string Take(HashSet<string> taken, string wanted)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{wanted}{number}");
        }

        return name;
    }
}
