namespace GeminiBatch;

/// <summary>What a mistyped name probably meant.</summary>
internal static class NearName
{
    /// <summary>The name that takes the fewest edits, if they are few for its length; otherwise null.</summary>
    public static string? Of(string word, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Edits: Edits(word, name)))
            .Where(candidate => candidate.Edits <= Math.Max(1, Math.Min(word.Length, candidate.Name.Length) / 3))
            .OrderBy(static candidate => candidate.Edits).ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
            .Select(static candidate => candidate.Name).FirstOrDefault();

    private static int Edits(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], above[column]) + 1, above[column - 1] + change);
            }

            above = current;
        }

        return above[^1];
    }
}
