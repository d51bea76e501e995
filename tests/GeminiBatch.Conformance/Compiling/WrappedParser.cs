using System.Text;
using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>
/// Reads a root that had to be wrapped in a record. The answer is read against the root's own descriptor, taken out of the record's, because
/// the model was never asked for a wrapper; what was read then goes through the record's emitted reader and writer, and by what the record's member
/// says beyond its type.
/// </summary>
internal sealed class WrappedParser(AnswerParser record, ExtractionSchema handle) : AnswerParser
{
    private readonly ExtractionSchema _root = RootOf(handle);

    public override ReadAnswer Parse(ReadOnlySpan<byte> answer, ParseOptions options)
    {
        // Only the record can say that the root may be null.
        if (record.Parse(answer, options) is { Succeeded: true, Value: { ValueKind: JsonValueKind.Object } given } nothing
            && given.TryGetProperty("value", out var isNull) && isNull.ValueKind == JsonValueKind.Null)
        {
            return nothing with { Value = isNull };
        }

        var reading = _root.Read(answer, options);
        JsonElement? value = reading.CanonicalJson.IsEmpty ? null : JsonDocument.Parse(reading.CanonicalJson).RootElement;
        if (!reading.Succeeded)
        {
            return new ReadAnswer(false, reading.Status, value, reading.Errors);
        }

        var wrapped = record.Parse(Encoding.UTF8.GetBytes($$"""{"value":{{value?.GetRawText()}}}"""), options);
        return new ReadAnswer(wrapped.Succeeded, reading.Status, wrapped.Value is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("value", out var inner) ? inner : null, wrapped.Errors);
    }

    private static ExtractionSchema RootOf(ExtractionSchema wrapper)
    {
        var descriptor = wrapper.Descriptor;
        var root = descriptor.Root.Fields.Single().Type;
        return ExtractionSchema.FromDescriptor(new SchemaDescriptor(descriptor.Name, [descriptor.Types[root], .. descriptor.Types.Skip(1)]));
    }
}
