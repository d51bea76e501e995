using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>Reads the keys of maps. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MapKeys
{
    /// <summary>Reads a text key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>True.</returns>
    public static bool TryReadString(ReadOnlySpan<byte> text, out string key)
    {
        key = Encoding.UTF8.GetString(text);
        return true;
    }

    /// <summary>Reads an integer key.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether the text is an integer that fits, written as machines write it.</returns>
    public static bool TryReadInteger<T>(ReadOnlySpan<byte> text, out T key)
        where T : struct, IBinaryInteger<T>
    {
        key = default;
        return NumberText.IsPlainInteger(text) && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key);
    }
}
