namespace GeminiBatch.Generators;

internal enum RootKind
{
    /// <summary>An annotated type.</summary>
    Annotated,

    /// <summary>A type named on a static partial class.</summary>
    Foreign,

    /// <summary>A document's metadata.</summary>
    Metadata,
}
