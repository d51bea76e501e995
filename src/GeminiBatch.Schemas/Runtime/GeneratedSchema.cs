using System.ComponentModel;
using System.Text.Json;

namespace GeminiBatch.Runtime;

/// <summary>Base of the generated part of a schema: constants, reader, writer and comparer. For generated code only.</summary>
/// <typeparam name="T">The type that is read from an answer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GeneratedSchema<T> : IEqualityComparer<T>
{
    /// <summary>The schema's descriptor.</summary>
    public abstract SchemaDescriptor Descriptor { get; }

    /// <summary>The whole schema in a compact type notation, as UTF-8.</summary>
    public abstract ReadOnlySpan<byte> PromptInstructions { get; }

    /// <summary>What <see cref="ResponseSchema"/> cannot say, as UTF-8; for most schemas nothing.</summary>
    public virtual ReadOnlySpan<byte> NativeInstructions => [];

    /// <summary>The schema for <c>responseSchema</c>, as UTF-8 JSON.</summary>
    public abstract ReadOnlySpan<byte> ResponseSchema { get; }

    /// <summary>The schema for <c>responseJsonSchema</c>, as UTF-8 JSON.</summary>
    public abstract ReadOnlySpan<byte> ResponseJsonSchema { get; }

    /// <summary>How answers are read when a call does not say it.</summary>
    public virtual ParseOptions Parsing => ParseOptions.Default;

    /// <summary>Reads a clean answer.</summary>
    /// <param name="reader">The reader, which fails on any surprise.</param>
    /// <returns>The value, meaningless after a failure.</returns>
    public abstract T Read(scoped ref AnswerReader reader);

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(Utf8JsonWriter writer, T value);

    /// <inheritdoc/>
    public abstract bool Equals(T? x, T? y);

    /// <inheritdoc/>
    public abstract int GetHashCode(T obj);
}
