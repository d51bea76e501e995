using System.Text;

namespace GeminiBatch;

/// <summary>
/// The handle of a schema: what a request carries of it and how an answer to it is read. Handles of typed schemas are generated; see
/// <see cref="ExtractionSchemaAttribute"/>.
/// </summary>
public abstract class ExtractionSchema
{
    private readonly Lazy<string> _fingerprint;
    private readonly Lazy<ConstraintChecker> _constraints;

    private protected ExtractionSchema()
    {
        _fingerprint = new(() => SchemaFingerprint.Of(Descriptor));
        _constraints = new(() => new ConstraintChecker(Descriptor));
    }

    /// <summary>The schema's name.</summary>
    public string Name => Descriptor.Name;

    /// <summary>
    /// The identity of what the model sees: 26 lower-case base32 characters of SHA-256 over <see cref="SchemaDescriptor.CanonicalForm"/>.
    /// Renaming a C# member or type does not change it.
    /// </summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>All that is known of the schema, as flat data.</summary>
    public abstract SchemaDescriptor Descriptor { get; }

    /// <summary>The whole schema in a compact type notation, for a prompt that carries the schema itself.</summary>
    public abstract string PromptInstructions { get; }

    /// <summary>What <see cref="ResponseSchema"/> cannot say, for a prompt beside it; often empty.</summary>
    public abstract string NativeInstructions { get; }

    /// <summary>The schema for <c>responseSchema</c> as UTF-8 JSON (protocol: structured output, the OpenAPI subset).</summary>
    public abstract ReadOnlyMemory<byte> ResponseSchema { get; }

    /// <summary>The schema for <c>responseJsonSchema</c> as UTF-8 JSON (protocol: structured output, the JSON Schema subset).</summary>
    public abstract ReadOnlyMemory<byte> ResponseJsonSchema { get; }

    /// <summary>
    /// The media type of an answer to <see cref="ResponseSchema"/>: <c>text/x.enum</c> for an enum root, whose answer is one bare name, and
    /// <c>application/json</c> otherwise (protocol: structured output).
    /// </summary>
    public string ResponseMimeType => Descriptor.Root.Kind == SchemaKind.Enum ? "text/x.enum" : "application/json";

    /// <summary>How answers are read when a call does not say it; <see cref="ParseOptions.Default"/> unless the schema's attribute or <see cref="WithParsing"/> says otherwise.</summary>
    public virtual ParseOptions Parsing => ParseOptions.Default;

    /// <summary>The fields of the root object; empty where the root is no object.</summary>
    public IReadOnlyList<SchemaField> Fields => Descriptor.Root.Fields;

    private protected ConstraintChecker Constraints => _constraints.Value;

    /// <summary>The handle of an annotated type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Its handle.</returns>
    public static ExtractionSchema<T> Of<T>()
        where T : IExtractable<T> => T.Schema;

    /// <summary>A handle without a CLR type, from a stored descriptor.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>The handle.</returns>
    public static ExtractionSchema FromDescriptor(SchemaDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return new UntypedSchema(descriptor);
    }

    /// <summary>A handle without a CLR type, from a JSON Schema.</summary>
    /// <param name="name">The schema's name.</param>
    /// <param name="jsonSchemaUtf8">A JSON Schema as UTF-8.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="FormatException">The text is no JSON Schema, or one that cannot be expressed; the message names the place.</exception>
    public static ExtractionSchema FromJsonSchema(string name, ReadOnlySpan<byte> jsonSchemaUtf8)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return FromDescriptor(JsonSchemaReader.Read(name, jsonSchemaUtf8));
    }

    /// <summary>Reads an answer without its CLR type.</summary>
    /// <param name="answerUtf8">The answer as the model gave it, in UTF-8.</param>
    /// <param name="options">How to read; <see cref="Parsing"/> when null.</param>
    /// <returns>Canonical JSON and the report.</returns>
    /// <exception cref="OperationCanceledException"><see cref="ParseOptions.CancellationToken"/> was cancelled.</exception>
    public AnswerReading Read(ReadOnlySpan<byte> answerUtf8, ParseOptions? options = null) => Read(answerUtf8, options ?? Parsing, isUtf8: false);

    /// <summary>The same schema with other defaults for reading answers.</summary>
    /// <param name="parsing">How answers are read when a call does not say it.</param>
    /// <returns>Another handle; this one stays as it is.</returns>
    public abstract ExtractionSchema WithParsing(ParseOptions parsing);

    private protected AnswerReading Read(ReadOnlySpan<byte> answerUtf8, ParseOptions options, bool isUtf8)
    {
        if (Descriptor.Root.Kind == SchemaKind.Enum && BareName(answerUtf8) is { } name)
        {
            return new AnswerReading { Status = AnswerStatus.Exact, CanonicalJson = name };
        }

        var reading = TolerantReader.Read(answerUtf8, Descriptor, options, isUtf8);
        if (!reading.Succeeded || !Constraints.HasConstraints)
        {
            return reading;
        }

        var violations = Constraints.Check(reading.CanonicalJson);
        return violations.Count == 0
            ? reading
            : new AnswerReading
            {
                Status = AnswerStatus.Rejected,
                CanonicalJson = reading.CanonicalJson,
                Repairs = reading.Repairs,
                Errors = violations,
                Remainder = reading.Remainder,
                IsWhole = true,
            };
    }

    /// <summary>The JSON text of the root's value whose bare name the whole answer is.</summary>
    private byte[]? BareName(ReadOnlySpan<byte> answer)
    {
        var text = answer.Trim(" \t\r\n"u8);
        foreach (var value in Descriptor.Root.EnumValues)
        {
            if (text.SequenceEqual(Encoding.UTF8.GetBytes(value.JsonName)))
            {
                return Encoding.UTF8.GetBytes(new JsonBuilder().String(value.JsonName).ToString());
            }
        }

        return null;
    }
}
