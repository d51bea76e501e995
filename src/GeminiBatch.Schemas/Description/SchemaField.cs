namespace GeminiBatch;

/// <summary>One field of an object.</summary>
public sealed class SchemaField
{
    /// <summary>Creates a field.</summary>
    /// <param name="jsonName">The name in JSON.</param>
    /// <param name="type">The index of its type in <see cref="SchemaDescriptor.Types"/>.</param>
    public SchemaField(string jsonName, int type)
    {
        JsonName = jsonName;
        Type = type;
    }

    /// <summary>The name in JSON.</summary>
    public string JsonName { get; }

    /// <summary>The index of its type in <see cref="SchemaDescriptor.Types"/>.</summary>
    public int Type { get; private set; }

    /// <summary>The name in C#; the JSON name where there is none.</summary>
    public string MemberName { get => field ?? JsonName; init; }

    /// <summary>Whether null is a value.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether the field must be in an answer.</summary>
    public SchemaPresence Presence { get; init; }

    /// <summary>
    /// Whether its type leads back to the object that holds it. Such a field is never required; missing or null it is read as null, or
    /// as empty where it is a list or map that is not nullable.
    /// </summary>
    public bool Recursive { get; init; }

    /// <summary>What the field means.</summary>
    public string? Description { get; init; }

    /// <summary>Other names that the tolerant reader accepts.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The default of an optional field as JSON, where it is a constant.</summary>
    public string? DefaultJson { get; init; }

    /// <summary>The smallest allowed number, in invariant notation.</summary>
    public string? Minimum { get; init; }

    /// <summary>The largest allowed number, in invariant notation.</summary>
    public string? Maximum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is not allowed.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is not allowed.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>The smallest number of UTF-16 characters of a text, or of items of a list or map.</summary>
    public int? MinLength { get; init; }

    /// <summary>The largest number of UTF-16 characters of a text, or of items of a list or map.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The regular expression that a whole text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The form that a text must have.</summary>
    public SchemaTextForm TextForm { get; init; }

    /// <summary>The number that a number must be a multiple of, in invariant notation.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The only allowed values, each as JSON; any value is allowed when there are none.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>The values that are not allowed, each as JSON.</summary>
    public IReadOnlyList<string> DeniedValues { get; init; } = [];

    internal SchemaField WithType(int type)
    {
        var copy = (SchemaField)MemberwiseClone();
        copy.Type = type;
        return copy;
    }

    /// <summary>Whether a value can break a constraint of this field.</summary>
    public bool HasConstraints =>
        Minimum is not null || Maximum is not null || MinLength is not null || MaxLength is not null || Pattern is not null
        || TextForm != SchemaTextForm.Any || MultipleOf is not null || AllowedValues.Count > 0 || DeniedValues.Count > 0;
}
