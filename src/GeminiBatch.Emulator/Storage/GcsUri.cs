using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>gs://bucket/object, which is not URL-encoded (protocol: 4).</summary>
internal static partial class GcsUri
{
    public static (string Bucket, string Name)? TryParse(string uri) =>
        Form().Match(uri) is { Success: true } match && match.Groups["name"].Length > 0 ? (match.Groups["bucket"].Value, match.Groups["name"].Value) : null;

    /// <summary>The same, where the object's name may be missing.</summary>
    public static (string Bucket, string Name)? TryParsePrefix(string uri) =>
        Form().Match(uri) is { Success: true } match ? (match.Groups["bucket"].Value, match.Groups["name"].Value) : null;

    [GeneratedRegex(@"\Ags://(?<bucket>[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(/(?<name>.*))?\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Form();
}
