namespace GeminiBatch.Emulator;

/// <summary>The shape that a request asks for, whatever dialect it was written in.</summary>
internal sealed class AnswerSchema
{
    public string Type { get; init; } = "any";

    public string? Format { get; init; }

    public string? Description { get; init; }

    public bool Nullable { get; init; }

    public IReadOnlyList<(string Name, AnswerSchema Schema)> Properties { get; init; } = [];

    public IReadOnlySet<string> Required { get; init; } = new HashSet<string>();

    public AnswerSchema? Items { get; init; }

    /// <summary>The values of an enumeration; numbers as text.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool IsObject => Type == "object";

    public bool IsArray => Type == "array";

    public bool IsNumber => Type is "number" or "integer";
}
