using System.Text.Json;
using GeminiBatch.Scaffolding;

namespace GeminiBatch;

/// <summary>
/// Writes C# extraction types from a schema: a JSON Schema, or a Gemini <c>responseSchema</c> with its upper-case type names. The
/// result reads as if written by hand and is the same bytes for the same schema.
/// </summary>
public static class SchemaScaffolder
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Writes the types of a schema.</summary>
    /// <param name="jsonSchema">The schema as JSON text; comments and trailing commas are allowed.</param>
    /// <param name="options">Names and layout; the defaults when null.</param>
    /// <returns>The source, and a note for everything of the schema that C# types cannot say.</returns>
    /// <exception cref="ScaffoldingException">The text is no JSON, or no schema; the message names the place.</exception>
    public static ScaffoldedSource Scaffold(string jsonSchema, ScaffoldingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(jsonSchema);
        return Scaffold(() => JsonDocument.Parse(jsonSchema, Lenient), options);
    }

    /// <summary>Writes the types of a schema.</summary>
    /// <param name="jsonSchemaUtf8">The schema as JSON in UTF-8; comments and trailing commas are allowed.</param>
    /// <param name="options">Names and layout; the defaults when null.</param>
    /// <returns>The source, and a note for everything of the schema that C# types cannot say.</returns>
    /// <exception cref="ScaffoldingException">The text is no JSON, or no schema; the message names the place.</exception>
    public static ScaffoldedSource Scaffold(ReadOnlySpan<byte> jsonSchemaUtf8, ScaffoldingOptions? options = null)
    {
        var copy = jsonSchemaUtf8.ToArray();
        return Scaffold(() => JsonDocument.Parse(copy, Lenient), options);
    }

    private static ScaffoldedSource Scaffold(Func<JsonDocument> parse, ScaffoldingOptions? options)
    {
        options ??= new ScaffoldingOptions();
        options.Check();
        try
        {
            using var json = parse();
            var notes = new NoteList();
            var shapes = new TypeShaper(new SchemaLibrary(json.RootElement, notes), notes, options).Shape();
            return SourceWriter.Write(shapes, options, notes.ToList());
        }
        catch (JsonException exception)
        {
            throw new ScaffoldingException("#", $"The text is no JSON: {exception.Message}", exception);
        }
    }
}
