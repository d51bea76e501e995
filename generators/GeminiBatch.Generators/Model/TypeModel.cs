namespace GeminiBatch.Generators;

/// <summary>One type of a schema: what it is for the model and how C# reads, makes and writes it.</summary>
internal sealed record TypeModel
{
    public required SchemaKind Kind { get; init; }

    /// <summary>The fully qualified C# type, not nullable.</summary>
    public required string CSharpName { get; init; }

    /// <summary>A unique name for the type's generated members; also its name in the schema.</summary>
    public string Name { get; init; } = "";

    /// <summary>A unique identifier for the type's generated members.</summary>
    public string Identifier { get; init; } = "";

    public bool IsValueType { get; init; }

    public string? Description { get; init; }

    public EquatableArray<FieldModel> Fields { get; init; }

    /// <summary>The constructor's arguments: the locals of fields, and the defaults of parameters that are not asked for.</summary>
    public EquatableArray<string> ConstructorArguments { get; init; }

    public EquatableArray<EnumValueModel> EnumValues { get; init; }

    public EquatableArray<UnionCaseModel> Cases { get; init; }

    /// <summary>The member that names a union's case.</summary>
    public string? Discriminator { get; init; }

    /// <summary>Whether the object is a case of a union, whose writer puts the discriminator before its members.</summary>
    public bool IsCase { get; init; }

    /// <summary>Whether other assemblies can use the object, but cannot see the initializers of its members.</summary>
    public bool IsOfferedToOthers { get; init; }

    /// <summary>Whether another assembly's schema reads the type, and only its description is needed here.</summary>
    public bool IsElsewhere { get; init; }

    public int InheritanceDepth { get; init; }

    public CollectionForm Form { get; init; }

    /// <summary>What makes the collection of the one that is read, such as <c>ImmutableList.CreateRange</c>; null where that fits as it is.</summary>
    public string? Maker { get; init; }

    public int ItemType { get; init; } = -1;

    public bool ItemNullable { get; init; }

    public int KeyType { get; init; } = -1;

    public string? IntegerMinimum { get; init; }

    public string? IntegerMaximum { get; init; }
}
