using System.Text.RegularExpressions;

namespace GeminiBatch;

/// <summary>Patterns of schemas, which may match anywhere, as patterns of C#, which match a whole text.</summary>
internal static class Patterns
{
    /// <summary>The pattern for a whole text; null where .NET cannot read it.</summary>
    public static string? Whole(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return null;
        }

        var simple = !pattern.Contains('|', StringComparison.Ordinal);
        var start = simple && pattern.StartsWith('^');
        var end = simple && pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal);
        return (start, end) switch
        {
            (true, true) => pattern,
            (true, false) => $@"{pattern}[\s\S]*",
            (false, true) => $@"[\s\S]*?{pattern}",
            _ => $@"[\s\S]*?(?:{pattern})[\s\S]*",
        };
    }
}
