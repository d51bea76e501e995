using System.Globalization;
using System.Text.Json.Serialization;

namespace GeminiBatch;

/// <summary>
/// Generates an extraction schema for a type that cannot be annotated itself, such as one from another assembly. It stands on a static
/// partial class, which gets one property per type, named after it.
/// </summary>
/// <typeparam name="T">The type that is read from an answer.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExtractionSchemaAttribute<T> : Attribute
{
    /// <summary>The schema's name as the model and the ledger see it; the type's name when not set.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// How members without a <see cref="JsonPropertyNameAttribute"/> are called in JSON, throughout the schema; camel case by default.
    /// <see cref="JsonKnownNamingPolicy.Unspecified"/> leaves the C# names as they are.
    /// </summary>
    public JsonKnownNamingPolicy PropertyNamingPolicy { get; set; } = JsonKnownNamingPolicy.CamelCase;

    /// <summary>How far answers are repaired, unless a call says otherwise: <see cref="ParseOptions.Mode"/>.</summary>
    public RepairMode Repair { get; set; } = RepairMode.Full;

    /// <summary>Which conversions may be made, unless a call says otherwise: <see cref="ParseOptions.Coercions"/>.</summary>
    public AnswerCoercions Coercions { get; set; } = AnswerCoercions.Default;

    /// <summary>
    /// The name of the culture in which the documents write numbers and dates, such as <c>de-DE</c>: <see cref="ParseOptions.Culture"/>. It is
    /// looked up when an answer is first read without options of its own; that throws a <see cref="CultureNotFoundException"/> where the
    /// machine does not have it, as no culture is there under <c>InvariantGlobalization</c>.
    /// </summary>
    public string? Culture { get; set; }
}
