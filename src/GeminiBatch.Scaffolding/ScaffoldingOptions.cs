using GeminiBatch.Scaffolding;

namespace GeminiBatch;

/// <summary>How <see cref="SchemaScaffolder"/> names and lays out what it writes.</summary>
public sealed record ScaffoldingOptions
{
    /// <summary>The namespace of the types, such as <c>Acme.Invoices</c>.</summary>
    public string Namespace { get; init; } = "Extraction";

    /// <summary>
    /// The name of the root type, such as <c>Invoice</c>. When null it is taken from the schema: the name of the definition that the
    /// root refers to, else its title, else <c>Answer</c>.
    /// </summary>
    public string? RootName { get; init; }

    /// <summary>Who sees the types.</summary>
    public ScaffoldedAccessibility Accessibility { get; init; } = ScaffoldedAccessibility.Public;

    /// <summary>Whether every type gets a file of its own; otherwise one file holds all.</summary>
    public bool OneFilePerType { get; init; } = true;

    /// <summary>Whether numbers without a format become <see cref="decimal"/> instead of <see cref="double"/>.</summary>
    public bool DecimalNumbers { get; init; }

    /// <summary>
    /// Whether a root that is no object becomes the only property, <c>value</c>, of a root record, instead of an
    /// <c>[ExtractionSchema&lt;T&gt;]</c> declaration.
    /// </summary>
    public bool WrapRoot { get; init; }

    internal void Check()
    {
        if (!Namespace.Split('.').All(Identifiers.IsIdentifier))
        {
            throw new ArgumentException($"'{Namespace}' is no namespace: use identifiers separated by dots.");
        }

        if (RootName is not null && (!Identifiers.IsIdentifier(RootName) || TypeNames.IsReserved(RootName)))
        {
            throw new ArgumentException($"'{RootName}' cannot name the root type: it is no identifier, or the source needs the name itself.");
        }
    }
}
