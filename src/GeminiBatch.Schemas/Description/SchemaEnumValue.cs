namespace GeminiBatch;

/// <summary>One value of an enum.</summary>
public sealed class SchemaEnumValue
{
    /// <summary>Creates a value.</summary>
    /// <param name="jsonName">The name in JSON.</param>
    public SchemaEnumValue(string jsonName) => JsonName = jsonName;

    /// <summary>The name in JSON.</summary>
    public string JsonName { get; }

    /// <summary>The name in C#; the JSON name where there is none.</summary>
    public string MemberName { get => field ?? JsonName; init; }

    /// <summary>What the value means.</summary>
    public string? Description { get; init; }

    /// <summary>Other names that the tolerant reader accepts.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
