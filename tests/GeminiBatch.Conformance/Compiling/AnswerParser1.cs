using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Reads into a type and writes it back as JSON, so that what is compared is what a user's code holds.</summary>
internal sealed class AnswerParser<T>(ExtractionSchema<T> schema, SchemaForm form) : AnswerParser
{
    public override ReadAnswer Parse(ReadOnlySpan<byte> answer, ParseOptions options)
    {
        var parsed = schema.Parse(answer, options);
        var json = parsed.Succeeded ? schema.WriteUtf8(parsed.Value) : schema.Read(answer, options).CanonicalJson;
        return new ReadAnswer(parsed.Succeeded, parsed.Status, json.IsEmpty ? null : Unwrap(JsonDocument.Parse(json).RootElement), parsed.Errors);
    }

    private JsonElement? Unwrap(JsonElement root) =>
        form == SchemaForm.Declared ? root : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("value", out var value) ? value : null;
}
