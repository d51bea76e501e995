using System.Text;

namespace GeminiBatch;

/// <summary>A schema as the ledger keeps it: what identifies it, what was sent of it, and what it takes to read answers without the user's type.</summary>
/// <remarks>Stored when the run is planned, so that a later release of the library sends the rest of the run in the same words.</remarks>
internal sealed record SchemaRendering(string Fingerprint, string Name, string DescriptorJson, string PromptInstructions, string NativeInstructions, ReadOnlyMemory<byte> ResponseSchema)
{
    public static SchemaRendering Of(ExtractionSchema schema) => new(
        schema.Fingerprint, schema.Name, schema.Descriptor.ToJson(), schema.PromptInstructions, schema.NativeInstructions, schema.ResponseSchema);

    /// <summary>The form of an answer to <see cref="ResponseSchema"/>.</summary>
    public string ResponseMimeType => ToSchema().ResponseMimeType;

    public ExtractionSchema ToSchema() => ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(Encoding.UTF8.GetBytes(DescriptorJson)));
}
