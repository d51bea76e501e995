using System.Text.Json;

namespace GeminiBatch.Emulator;

/// <summary>What a field of a message may hold.</summary>
internal sealed record MessageField(string Kind, bool Repeated, bool IsMap)
{
    public string? Message => Kind.Length > 1 && Kind != "any" ? Kind : null;

    public bool IsAny => Kind == "any";

    /// <summary>What JSON may begin a single value with; '\0' where several things may.</summary>
    public char Opening => Message is not null || IsMap ? '{' : Kind switch
    {
        "s" => '"',
        _ => '\0',
    };

    /// <summary>Whether a single value of this kind may be of this JSON kind: numbers may be texts, and null leaves a field unset.</summary>
    public bool Accepts(JsonValueKind value) => value == JsonValueKind.Null || IsAny || (Message is not null || IsMap ? value == JsonValueKind.Object : Kind switch
    {
        "s" => value == JsonValueKind.String,
        "b" => value is JsonValueKind.True or JsonValueKind.False,
        _ => value is JsonValueKind.Number or JsonValueKind.String,
    });

    public string TypeName => Message is { } message ? "type.googleapis.com/google.ai.generativelanguage.v1beta." + message : Kind switch
    {
        "s" => "TYPE_STRING",
        "b" => "TYPE_BOOL",
        "i" => "TYPE_INT32",
        "n" => "TYPE_FLOAT",
        _ => "TYPE_ENUM",
    };
}
