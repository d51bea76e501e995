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

        var simple = !IsChoice(pattern);
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

    /// <summary>Whether a bar stands outside all groups and classes, so that an anchor at an end is that of one choice only.</summary>
    private static bool IsChoice(string pattern)
    {
        var groups = 0;
        var classes = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[' when classes == 0 || pattern[i - 1] == '-':
                    // A class of one class less another is nested, and a bracket that comes first is in it.
                    classes++;
                    i += i + 1 < pattern.Length && pattern[i + 1] == '^' ? 1 : 0;
                    i += i + 1 < pattern.Length && pattern[i + 1] == ']' ? 1 : 0;
                    break;
                case ']' when classes > 0:
                    classes--;
                    break;
                case '(' when classes == 0:
                    groups++;
                    break;
                case ')' when classes == 0:
                    groups--;
                    break;
                case '|' when classes == 0 && groups == 0:
                    return true;
            }
        }

        return false;
    }
}
