namespace GeminiBatch;

/// <summary>A text is no schema that types can be made of.</summary>
public sealed class ScaffoldingException : FormatException
{
    internal ScaffoldingException(string pointer, string message, Exception? inner = null)
        : base($"{pointer}: {message}", inner) => Pointer = pointer;

    /// <summary>Where in the schema, as a JSON Pointer such as <c>#/properties/total</c>.</summary>
    public string Pointer { get; }
}
