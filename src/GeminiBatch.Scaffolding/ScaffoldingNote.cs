namespace GeminiBatch;

/// <summary>Something that a schema says and scaffolded types do not.</summary>
/// <param name="Pointer">Where in the schema, as a JSON Pointer such as <c>#/properties/total</c>.</param>
/// <param name="Keyword">The keyword concerned, such as <c>multipleOf</c>.</param>
/// <param name="Message">What was done instead.</param>
public sealed record ScaffoldingNote(string Pointer, string Keyword, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Pointer}: {Keyword}: {Message}";
}
