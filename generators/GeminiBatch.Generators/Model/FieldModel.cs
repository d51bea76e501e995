namespace GeminiBatch.Generators;

internal sealed record FieldModel
{
    public required string JsonName { get; init; }

    /// <summary>The C# name, not escaped.</summary>
    public required string MemberName { get; init; }

    /// <summary>The local variable that holds the value while the object is read.</summary>
    public required string Local { get; init; }

    public required int Type { get; init; }

    /// <summary>The C# type as declared, nullability included.</summary>
    public required string DeclaredType { get; init; }

    /// <summary>The type that declares the member's setter.</summary>
    public required string SetterType { get; init; }

    /// <summary>How an init accessor of a generic type is reached.</summary>
    public GenericAccessorModel? Accessor { get; init; }

    public bool Nullable { get; init; }

    /// <summary>Whether the declared type is <see cref="Nullable{T}"/>.</summary>
    public bool IsNullableValueType { get; init; }

    public SchemaPresence Presence { get; init; }

    public bool Recursive { get; init; }

    public FieldSetting Setting { get; init; }

    /// <summary>The local's value when the answer does not have the field; null for the type's default.</summary>
    public string? DefaultExpression { get; init; }

    public string? DefaultJson { get; init; }

    public string? Description { get; init; }

    public EquatableArray<string> Aliases { get; init; }

    public ConstraintModel Constraints { get; init; } = new();

    /// <summary>Whether a metadata value is stored as JSON text.</summary>
    public bool JsonEncoded { get; init; }
}
