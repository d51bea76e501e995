using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GeminiBatch;

/// <summary>An object of Cloud Storage: its bucket and its name, written <c>gs://bucket/name</c> without any escaping (protocol: 4).</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Name">The object's name, slashes included; or, where a folder is meant, the beginning of names.</param>
public readonly record struct CloudObjectName(string Bucket, string Name)
{
    private const int MaxNameBytes = 1024;

    /// <summary>The address, <c>gs://bucket/name</c>.</summary>
    public string Uri => $"gs://{Bucket}/{Name}";

    /// <summary>Reads an address.</summary>
    /// <param name="uri">Such as <c>gs://bucket/folder/file.pdf</c>.</param>
    /// <param name="name">The object.</param>
    public static bool TryParse([NotNullWhen(true)] string? uri, out CloudObjectName name)
    {
        name = default;
        if (uri is null || !uri.StartsWith("gs://", StringComparison.Ordinal))
        {
            return false;
        }

        int slash = uri.IndexOf('/', "gs://".Length);
        if (slash < 0 || !IsBucket(uri["gs://".Length..slash]) || !IsObject(uri[(slash + 1)..]))
        {
            return false;
        }

        name = new CloudObjectName(uri["gs://".Length..slash], uri[(slash + 1)..]);
        return true;
    }

    /// <summary>Reads an address.</summary>
    /// <param name="uri">Such as <c>gs://bucket/folder/file.pdf</c>.</param>
    /// <exception cref="FormatException">The address names no object of Cloud Storage.</exception>
    public static CloudObjectName Parse(string uri) =>
        TryParse(uri, out CloudObjectName name) ? name : throw new FormatException($"'{uri}' names no object of Cloud Storage. Use gs://bucket/name, unescaped.");

    /// <inheritdoc />
    public override string ToString() => Uri;

    internal static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 63
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    // "." and ".." are no names of objects, and would be lost from an address.
    internal static bool IsObject(string name) =>
        name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny('\r', '\n') < 0 && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes;
}
