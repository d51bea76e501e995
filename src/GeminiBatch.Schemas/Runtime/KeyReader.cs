using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>Reads a map's key from its text. For generated code only.</summary>
/// <typeparam name="TKey">Its type.</typeparam>
/// <param name="text">The text, unescaped.</param>
/// <param name="key">The key.</param>
/// <returns>Whether the text is a key.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool KeyReader<TKey>(ReadOnlySpan<byte> text, out TKey key);
