using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>Base of the generated part of a schema. For generated code only.</summary>
/// <typeparam name="T">The type that is read from an answer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GeneratedSchema<T> : IEqualityComparer<T>
{
    /// <inheritdoc/>
    public abstract bool Equals(T? x, T? y);

    /// <inheritdoc/>
    public abstract int GetHashCode(T obj);
}
