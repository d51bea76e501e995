using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>Makes a metadata value from its entries. For generated code only.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="source">The entries.</param>
/// <returns>The value.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T MetadataConstructor<out T>(scoped ref MetadataReader source);
