using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>The handle of a typed schema.</summary>
/// <typeparam name="T">The type that is read from an answer.</typeparam>
public sealed class ExtractionSchema<T> : ExtractionSchema
{
    // The answer is data, not part of a page: only what JSON itself requires is escaped.
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GeneratedSchema<T> _generated;
    private readonly ParseOptions? _parsing;
    private readonly Lazy<ObjectShape?> _root;
    private readonly Lazy<string> _promptInstructions;
    private readonly Lazy<string> _nativeInstructions;
    private readonly Lazy<byte[]> _responseSchema;
    private readonly Lazy<byte[]> _responseJsonSchema;

    /// <summary>Used by generated code.</summary>
    /// <param name="generated">The generated part.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ExtractionSchema(GeneratedSchema<T> generated)
        : this(generated, null)
    {
    }

    private ExtractionSchema(GeneratedSchema<T> generated, ParseOptions? parsing)
    {
        _generated = generated;
        _parsing = parsing;
        _root = new(() => generated.Descriptor.RootMember is { } member ? ObjectShape.OfNames(member) : null);
        _promptInstructions = new(() => Encoding.UTF8.GetString(generated.PromptInstructions));
        _nativeInstructions = new(() => Encoding.UTF8.GetString(generated.NativeInstructions));
        _responseSchema = new(() => generated.ResponseSchema.ToArray());
        _responseJsonSchema = new(() => generated.ResponseJsonSchema.ToArray());
    }

    /// <inheritdoc/>
    public override SchemaDescriptor Descriptor => _generated.Descriptor;

    /// <inheritdoc/>
    public override string PromptInstructions => _promptInstructions.Value;

    /// <inheritdoc/>
    public override string NativeInstructions => _nativeInstructions.Value;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ResponseSchema => _responseSchema.Value;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ResponseJsonSchema => _responseJsonSchema.Value;

    /// <inheritdoc/>
    public override ParseOptions Parsing => _parsing ?? _generated.Parsing;

    /// <inheritdoc/>
    public override ExtractionSchema<T> WithParsing(ParseOptions parsing)
    {
        ArgumentNullException.ThrowIfNull(parsing);
        return new(_generated, parsing with { CancellationToken = default });
    }

    internal GeneratedSchema<T> Generated => _generated;

    /// <summary>Field-wise equality; lists are compared in order, sets and maps without.</summary>
    public IEqualityComparer<T> Comparer => _generated;

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer as the model gave it.</param>
    /// <param name="options">How to read; <see cref="Parsing"/> when null.</param>
    /// <returns>The value and the report; content never throws.</returns>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public ParsedAnswer<T> Parse(string answer, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(answer.Length));
        try
        {
            var length = Utf8Text.Encode(answer, buffer);
            return Parse(buffer.AsSpan(0, length), options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="answerUtf8">The answer as the model gave it, in UTF-8.</param>
    /// <param name="options">How to read; <see cref="Parsing"/> when null.</param>
    /// <returns>The value and the report; content never throws.</returns>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public ParsedAnswer<T> Parse(ReadOnlySpan<byte> answerUtf8, ParseOptions? options = null)
    {
        options ??= Parsing;
        options.CancellationToken.ThrowIfCancellationRequested();
        var isText = answerUtf8.Length <= options.MaxBytes && Utf8.IsValid(answerUtf8);
        if (isText && TryRead(answerUtf8, TolerantReader.DepthOf(options), isCanonical: false, out var value, out var refusal, out _))
        {
            return refusal is null ? new ParsedAnswer<T> { Status = AnswerStatus.Exact, Value = value } : Refused(refusal, null);
        }

        if (isText && ReadCore(answerUtf8, options) is { } core)
        {
            return core;
        }

        var reading = Read(answerUtf8, options, isText);
        if (!reading.Succeeded && !reading.IsWhole)
        {
            return From(reading, default, reading.Status, reading.Errors);
        }

        if (!TryRead(reading.CanonicalJson.Span, int.MaxValue, isCanonical: true, out value, out refusal, out var end))
        {
            // What C# types say beyond the schema, such as the range of float, shows only here.
            var path = ValuePath.Of(reading.CanonicalJson.Span, end.Position);
            var mismatch = new AnswerError(AnswerErrorKind.OutOfRange, path, $"{path} was understood but does not fit its type in {typeof(T).Name}.");
            return From(reading, default, AnswerStatus.Rejected, [mismatch]);
        }

        return refusal is null ? From(reading, value, reading.Status, reading.Errors, end.Repeated) : Refused(refusal, reading);
    }

    // A clean value in a fence or behind a sentence needs no tree either.
    private ParsedAnswer<T>? ReadCore(ReadOnlySpan<byte> answer, ParseOptions options)
    {
        if (options.Mode == RepairMode.Strict || !CleanCore.TryFind(answer, SchemaIndex.Of(Descriptor), out var core)
            || !TryRead(answer[core.Start..], TolerantReader.DepthOf(options), isCanonical: false, out var value, out var refusal, out var end, isPart: true)
            || refusal is not null || !core.EndsAt(answer, core.Start + end.Position))
        {
            return null;
        }

        var around = TextReading.Around(answer, core.Candidate(core.Start + end.Position));
        return From(around, value, around.Status, around.Errors);
    }

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    public void Write(Utf8JsonWriter writer, T value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _generated.Write(writer, value);
    }

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>JSON text.</returns>
    public string Write(T value) => Encoding.UTF8.GetString(WriteBuffer(value).WrittenSpan);

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>JSON in UTF-8.</returns>
    public byte[] WriteUtf8(T value) => WriteBuffer(value).WrittenSpan.ToArray();

    /// <summary>A prompt with examples behind it, each answer in the form in which the model is asked for one.</summary>
    /// <param name="prompt">What is asked of every document.</param>
    /// <param name="examples">The examples.</param>
    /// <returns>The prompt's text.</returns>
    /// <exception cref="ArgumentException">An example's answer breaks a constraint of the schema; the message names it.</exception>
    public string WithExamples(string prompt, params IEnumerable<ExtractionExample<T>> examples)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        ArgumentNullException.ThrowIfNull(examples);
        var text = new StringBuilder(prompt);
        foreach (var example in examples)
        {
            if (Validate(example.Answer) is [var violation, ..])
            {
                throw new ArgumentException($"An example's answer does not fit {Name}: {violation.Message}", nameof(examples));
            }

            text.Append("\n\nExample:\n").Append(example.Document).Append("\nAnswer:\n").Append(AskedForm(Write(example.Answer)));
        }

        return text.ToString();
    }

    /// <summary>Checks a value against the schema's constraints, and for nulls where the schema has none.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The violations; empty when there is none.</returns>
    public IReadOnlyList<AnswerError> Validate(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, s_writing);
        try
        {
            _generated.Write(writer, value);
        }
        catch (ArgumentException exception)
        {
            // What no JSON can hold ends the writing where it stands: a number that is none, an enum value or a case that is not declared.
            writer.Flush();
            var path = JsonPlace.AtEnd(buffer.WrittenSpan);
            return [new(AnswerErrorKind.InvalidValue, path, $"{path} cannot be written: {exception.Message}")];
        }

        writer.Flush();
        return Constraints.Check(buffer.WrittenMemory);
    }

    /// <summary>Canonical JSON in the form that the model is asked for: a bare name, or inside the root member.</summary>
    private string AskedForm(string json)
    {
        if (Descriptor.Root.Kind == SchemaKind.Enum)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetString()!;
        }

        return Descriptor.RootMember is { } member ? $"{{\"{member}\":{json}}}" : json;
    }

    private static ParsedAnswer<T> From(AnswerReading reading, T? value, AnswerStatus status, IReadOnlyList<AnswerError> errors, int repeated = 0) => new()
    {
        Status = repeated > 0 && status == AnswerStatus.Exact ? AnswerStatus.Repaired : status,
        Value = value,
        Repairs = repeated > 0 ? [.. reading.Repairs, Repeated(repeated)] : reading.Repairs,
        Errors = errors,
        Remainder = reading.Remainder,
    };

    // Items that are equal only to their C# type, such as two moments with different offsets.
    private static AnswerRepair Repeated(int count) =>
        new(AnswerRepairKind.DuplicateMember, ValuePath.Root, 0, 0, $"{count} items that equal others of their set were read once.");

    private static ParsedAnswer<T> Refused(string refusal, AnswerReading? reading)
    {
        var error = new AnswerError(AnswerErrorKind.InvalidValue, "$", $"{typeof(T).Name} refused the values: {refusal}");
        return From(reading ?? new AnswerReading { Status = AnswerStatus.Exact }, default, AnswerStatus.Rejected, [error]);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Constructors and setters are the user's code and may refuse a model's values with any exception; content never throws.")]
    private bool TryRead(ReadOnlySpan<byte> json, int maxDepth, bool isCanonical, out T? value, out string? refusal, out (int Position, int Repeated) end, bool isPart = false)
    {
        var reader = new AnswerReader(json, maxDepth, isCanonical);
        refusal = null;
        try
        {
            var isInside = !isCanonical && _root.Value is { } around && reader.TryEnterRoot(around);
            value = _generated.Read(ref reader);
            if (isInside)
            {
                reader.LeaveRoot();
            }

            end = (reader.Position, reader.Repeated);
            return isPart ? !reader.Failed : reader.IsComplete();
        }
        catch (Exception exception)
        {
            value = default;
            refusal = exception.Message;
            end = default;
            return true;
        }
    }

    private ArrayBufferWriter<byte> WriteBuffer(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, s_writing);
        _generated.Write(writer, value);
        writer.Flush();
        return buffer;
    }
}
