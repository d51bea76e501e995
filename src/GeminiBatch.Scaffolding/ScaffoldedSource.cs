namespace GeminiBatch;

/// <summary>C# source made from a schema.</summary>
public sealed class ScaffoldedSource
{
    internal ScaffoldedSource(IReadOnlyList<ScaffoldedFile> files, string rootType, string declaringType, IReadOnlyList<ScaffoldingNote> notes)
    {
        Files = files;
        RootType = rootType;
        DeclaringType = declaringType;
        Notes = notes;
    }

    /// <summary>The files, root first, then in the order in which the schema leads to their types.</summary>
    public IReadOnlyList<ScaffoldedFile> Files { get; }

    /// <summary>The type that an answer is read into, as written in C#: <c>Invoice</c>, <c>List&lt;Invoice&gt;</c>, <c>string</c>.</summary>
    public string RootType { get; }

    /// <summary>
    /// The full name of the type that carries the schema attribute: the root record itself, or, for a root that is no object, the static
    /// class that declares it.
    /// </summary>
    public string DeclaringType { get; }

    /// <summary>What of the schema the types do not say, in the schema's order; empty when nothing was left out.</summary>
    public IReadOnlyList<ScaffoldingNote> Notes { get; }
}
