using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Reads into a type and writes it back as JSON, so that what is compared is what a user's code holds.</summary>
internal sealed class AnswerParser<T>(ExtractionSchema<T> schema) : AnswerParser
{
    public override ReadAnswer Parse(ReadOnlySpan<byte> answer, ParseOptions options)
    {
        var parsed = schema.Parse(answer, options);
        return new ReadAnswer(
            parsed.Succeeded, parsed.Status, Value(parsed.Succeeded ? schema.WriteUtf8(parsed.Value) : schema.Read(answer, options).CanonicalJson), parsed.Errors);
    }

    private static JsonElement? Value(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonDocument.Parse(json).RootElement;
}
