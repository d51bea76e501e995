using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>Reads one value. For generated code only.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="reader">The reader, before the value.</param>
/// <returns>The value.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T ValueReader<out T>(scoped ref AnswerReader reader);
