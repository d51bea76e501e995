using System.Text.Json;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>The handle of a typed schema.</summary>
/// <typeparam name="T">The type that is read from an answer.</typeparam>
public sealed class ExtractionSchema<T> : ExtractionSchema
{
    private readonly GeneratedSchema<T> _generated;

    /// <summary>Used by generated code.</summary>
    /// <param name="generated">The generated part.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public ExtractionSchema(GeneratedSchema<T> generated) => _generated = generated;

    /// <inheritdoc/>
    public override SchemaDescriptor Descriptor => null!;

    /// <inheritdoc/>
    public override string PromptInstructions => "";

    /// <inheritdoc/>
    public override string NativeInstructions => "";

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ResponseSchema => default;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ResponseJsonSchema => default;

    /// <summary>Field-wise equality, lists and maps by content.</summary>
    public IEqualityComparer<T> Comparer => _generated;

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer as the model gave it.</param>
    /// <param name="options">How to read; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The value and the report; content never throws.</returns>
    public ParsedAnswer<T> Parse(string answer, ParseOptions? options = null) => throw new NotImplementedException();

    /// <summary>Reads an answer.</summary>
    /// <param name="answerUtf8">The answer as the model gave it, in UTF-8.</param>
    /// <param name="options">How to read; <see cref="ParseOptions.Default"/> when null.</param>
    /// <returns>The value and the report; content never throws.</returns>
    public ParsedAnswer<T> Parse(ReadOnlySpan<byte> answerUtf8, ParseOptions? options = null) => throw new NotImplementedException();

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    public void Write(Utf8JsonWriter writer, T value) => throw new NotImplementedException();

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>JSON text.</returns>
    public string Write(T value) => throw new NotImplementedException();

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>JSON in UTF-8.</returns>
    public byte[] WriteUtf8(T value) => throw new NotImplementedException();

    /// <summary>Checks a value against the schema's constraints.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The violations; empty when there is none.</returns>
    public IReadOnlyList<AnswerError> Validate(T value) => throw new NotImplementedException();
}
