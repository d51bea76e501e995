using System.Text;

namespace GeminiBatch;

/// <summary>A handle that knows only the descriptor.</summary>
internal sealed class UntypedSchema : ExtractionSchema
{
    private readonly SchemaDescriptor _descriptor;
    private readonly Lazy<string> _promptInstructions;
    private readonly Lazy<string> _nativeInstructions;
    private readonly Lazy<byte[]> _responseSchema;
    private readonly Lazy<byte[]> _responseJsonSchema;

    public UntypedSchema(SchemaDescriptor descriptor, ParseOptions? parsing = null)
    {
        _descriptor = descriptor;
        Parsing = parsing ?? ParseOptions.Default;
        _promptInstructions = new(() => PromptRenderer.Render(descriptor));
        _nativeInstructions = new(() => PromptRenderer.RenderNative(descriptor));
        _responseSchema = new(() => Encoding.UTF8.GetBytes(ResponseSchemaRenderer.Render(descriptor)));
        _responseJsonSchema = new(() => Encoding.UTF8.GetBytes(JsonSchemaRenderer.Render(descriptor)));
    }

    public override SchemaDescriptor Descriptor => _descriptor;

    public override ParseOptions Parsing { get; }

    public override string PromptInstructions => _promptInstructions.Value;

    public override string NativeInstructions => _nativeInstructions.Value;

    public override ReadOnlyMemory<byte> ResponseSchema => _responseSchema.Value;

    public override ReadOnlyMemory<byte> ResponseJsonSchema => _responseJsonSchema.Value;

    public override ExtractionSchema WithParsing(ParseOptions parsing)
    {
        ArgumentNullException.ThrowIfNull(parsing);
        return new UntypedSchema(_descriptor, parsing with { CancellationToken = default });
    }
}
