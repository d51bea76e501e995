using System.Text.Json.Serialization;

namespace GeminiBatch;

/// <summary>
/// Makes a partial class, struct or record an extraction schema: at compile time its descriptor, both Gemini schema dialects, prompt
/// instructions, reader, writer and comparer are generated, and the type gets a <c>Schema</c> handle.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ExtractionSchemaAttribute : Attribute
{
    /// <summary>The schema's name as the model and the ledger see it; the type's name when not set.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// How members without a <see cref="JsonPropertyNameAttribute"/> are called in JSON, throughout the schema; camel case by default.
    /// <see cref="JsonKnownNamingPolicy.Unspecified"/> leaves the C# names as they are.
    /// </summary>
    public JsonKnownNamingPolicy PropertyNamingPolicy { get; set; } = JsonKnownNamingPolicy.CamelCase;
}
