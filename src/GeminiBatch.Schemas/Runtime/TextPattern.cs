using System.Text.RegularExpressions;

namespace GeminiBatch.Runtime;

/// <summary>A pattern that a whole text must match, bounded in time whatever pattern and text are.</summary>
internal sealed class TextPattern(string pattern)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);
    private readonly Lazy<Regex?> _regex = new(() => Create(pattern));

    /// <summary>As DataAnnotations do: the match must cover the whole text, and an empty text is not checked.</summary>
    public bool Matches(string text)
    {
        if (_regex.Value is not { } regex || text.Length == 0)
        {
            return true;
        }

        try
        {
            var match = regex.Match(text);
            return match.Success && match.Index == 0 && match.Length == text.Length;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Create(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, s_limit);
        }
        catch (NotSupportedException)
        {
            // Look-around and back references need the backtracking engine; the time limit bounds it.
            return new Regex(pattern, RegexOptions.CultureInvariant, s_limit);
        }
        catch (ArgumentException)
        {
            // A foreign schema's pattern in another dialect binds the model, not this reader.
            return null;
        }
    }
}
