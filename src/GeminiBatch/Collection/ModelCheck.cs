namespace GeminiBatch;

/// <summary>Compares the model that answered with the one asked for: retired models are served by others without a word.</summary>
internal static class ModelCheck
{
    /// <summary>Whether <paramref name="answered"/> is another model. A version suffix such as <c>-001</c> is the same model.</summary>
    public static bool IsOther(string asked, string? answered)
    {
        if (string.IsNullOrEmpty(answered))
        {
            return false;
        }

        var name = answered.AsSpan(answered.LastIndexOf('/') + 1);
        if (!name.StartsWith(asked, StringComparison.Ordinal))
        {
            return true;
        }

        var rest = name[asked.Length..];
        return !(rest.IsEmpty || (rest[0] is '-' or '@' && rest.Length > 1 && char.IsAsciiDigit(rest[1])));
    }
}
