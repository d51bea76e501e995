namespace GeminiBatch.Conformance;

/// <summary>One schema on its way from JSON Schema to a parser.</summary>
/// <param name="Schema">The JSON Schema.</param>
/// <param name="Namespace">The namespace of its types, which also names its files.</param>
internal sealed record SchemaAttempt(string Schema, string Namespace)
{
    public SchemaForm Form { get; set; }

    public ScaffoldedSource? Source { get; set; }

    /// <summary>Why it cannot be expressed; null as long as it can.</summary>
    public string? Failure { get; set; }

    public AnswerParser? Parser { get; set; }

    /// <summary>Writes the C#; what is no schema has failed.</summary>
    public void Scaffold()
    {
        try
        {
            Source = Scaffolded();
            if (Form == SchemaForm.Declared && Source.Notes.Any(note => note.Pointer == "#"))
            {
                // What an attribute cannot say of a root, such as that it may be null, a property can.
                Form = SchemaForm.Wrapped;
                Source = Scaffolded();
            }
        }
        catch (ScaffoldingException exception)
        {
            Failure = exception.Message;
        }
    }

    private ScaffoldedSource Scaffolded() =>
        SchemaScaffolder.Scaffold(Schema, new ScaffoldingOptions { Namespace = Namespace, OneFilePerType = false, WrapRoot = Form == SchemaForm.Wrapped });

    /// <summary>Takes the compiler's refusal: a declared root may still be wrapped, anything else has failed.</summary>
    public void Refuse(string reason)
    {
        var isObject = Source is { } source && source.DeclaringType == $"{Namespace}.{source.RootType}";
        if (Form == SchemaForm.Declared && !isObject)
        {
            Form = SchemaForm.Wrapped;
            Scaffold();
        }
        else
        {
            Failure = reason;
        }
    }
}
