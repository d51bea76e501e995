using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Every diagnostic, each with what to do about it.</summary>
internal static class Rules
{
    private const string Category = "GeminiBatch";
    private const string Pages = "https://github.com/geminibatch/geminibatch/blob/main/generators/Diagnostics";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "GB0001", "A schema type must be partial", "'{0}' carries a schema attribute but is not partial. Add the partial modifier.");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        "GB0002", "A schema type's containing types must be partial", "'{0}' contains the schema type '{1}' but is not partial. Add the partial modifier.");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "GB0003", "A member's type is not supported", "{0} is of type '{1}', which no schema can express. {2}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "GB0004", "Two members have one JSON name", "'{0}' and '{1}' of '{2}' are both called \"{3}\" in JSON. Give one another name with [JsonPropertyName].");

    public static readonly DiagnosticDescriptor Contradiction = Error(
        "GB0005", "Attributes contradict each other", "{0}: {1}");

    public static readonly DiagnosticDescriptor NoConstructor = Error(
        "GB0006", "A type cannot be constructed", "{0}: '{1}' {2}");

    public static readonly DiagnosticDescriptor NotFlat = Error(
        "GB0007", "Metadata must be flat", "'{0}' of metadata '{1}' is no scalar. Mark it with [JsonEncoded] to store it as JSON text, or flatten it.");

    public static readonly DiagnosticDescriptor LanguageVersion = Error(
        "GB0008", "The C# version is too old", "Schemas need C# 14, and this project is compiled as C# {0}. Set <LangVersion>14</LangVersion> or remove the setting.");

    public static readonly DiagnosticDescriptor CommentInParameterList = Warning(
        "GB0009", "A doc comment inside a parameter list is lost", "The comment on '{0}' is not seen by the compiler or the model. Write it as <param name=\"{0}\"> above the type, or use [Description].");

    public static readonly DiagnosticDescriptor InternalFailure = Error(
        "GB0010", "A schema could not be generated", "The generator failed on '{0}'; please report this: {1}");

    public static readonly DiagnosticDescriptor UnsupportedRoot = Error(
        "GB0011", "A schema root is not supported", "'{0}' cannot be a schema's root: {1}");

    public static readonly DiagnosticDescriptor EndlessRecursion = Error(
        "GB0012", "A recursive member has no end", "{0} is required and leads back to '{1}', so no value could ever be complete. Make it nullable or a list.");

    public static readonly DiagnosticDescriptor BadConstraint = Error(
        "GB0013", "A constraint cannot be met or applied", "{0}: {1}");

    public static readonly DiagnosticDescriptor TooComplex = Warning(
        "GB0014", "A schema may be too complex for the service", "'{0}' may be refused as a native schema: {1} Or send it in the prompt alone (SchemaPlacement.Prompt).");

    public static readonly DiagnosticDescriptor HiddenDefault = Create(
        "GB0015", "A default in another assembly cannot be seen",
        "{0}: '{1}' comes from an assembly without schemas, whose initializers cannot be seen, so every answer must have {2}. Mark members there as required, give them [DefaultValue], or make them nullable.",
        DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>A rule with its page, which lies in <c>generators/Diagnostics</c>.</summary>
    public static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}/{id}.md");
}
