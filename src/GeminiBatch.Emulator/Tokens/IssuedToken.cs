using System.Globalization;

namespace GeminiBatch.Emulator;

/// <summary>Access tokens say themselves when they end, so that any emulator on any folder can check them.</summary>
internal static class IssuedToken
{
    private const string Prefix = "ya29.emulated-";

    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(3599);

    public static string Make(DateTimeOffset now) =>
        $"{Prefix}{(now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";

    /// <summary>A token that was issued here lives its hour; one that begins with "bad" is refused; any other is taken.</summary>
    public static bool IsAccepted(string token, DateTimeOffset now)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return token.Length > 0 && !token.StartsWith("bad", StringComparison.Ordinal);
        }

        var ends = token.AsSpan(Prefix.Length);
        var dash = ends.IndexOf('-');
        return dash > 0 && long.TryParse(ends[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && now < DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
