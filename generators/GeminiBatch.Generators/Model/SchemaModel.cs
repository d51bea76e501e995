namespace GeminiBatch.Generators;

/// <summary>All that is printed for one root. Every part is compared on each edit, so nothing is in it that does not reach the output.</summary>
internal sealed record SchemaModel
{
    public required RootKind Kind { get; init; }

    /// <summary>The schema's name as the model and the ledger see it.</summary>
    public required string Name { get; init; }

    public required string HintName { get; init; }

    /// <summary>Null for the global namespace.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The declaration headers from the outermost containing type to the annotated type itself, such as <c>partial record Invoice</c>.</summary>
    public required EquatableArray<string> Declarations { get; init; }

    /// <summary>A name for generated types, free of what identifiers cannot hold.</summary>
    public required string Identifier { get; init; }

    /// <summary>The member that holds the handle, on a class that declares schemas for others.</summary>
    public string? HolderProperty { get; init; }

    /// <summary>How a doc comment refers to the root.</summary>
    public required string Cref { get; init; }

    public required bool IsPublic { get; init; }

    public required bool IsValueType { get; init; }

    /// <summary>How answers are read, where the attribute says it.</summary>
    public ParsingModel? Parsing { get; init; }

    /// <summary>The types of the schema; the first is the root.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }
}
