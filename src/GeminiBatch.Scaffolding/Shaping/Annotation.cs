namespace GeminiBatch.Scaffolding;

/// <summary>An attribute as it is written between brackets, with the namespace that it needs.</summary>
internal sealed record Annotation(string Text, string Using)
{
    private const string DataAnnotations = "System.ComponentModel.DataAnnotations";
    private const string Serialization = "System.Text.Json.Serialization";

    public static Annotation Description(string text) => new($"Description({Literals.Text(text)})", "System.ComponentModel");

    public static Annotation Aliases(IEnumerable<string> names) => new($"Aliases({string.Join(", ", names.Select(Literals.Text))})", "GeminiBatch");

    public static Annotation Constraint(string text) => new(text, DataAnnotations);

    public static Annotation Json(string text) => new(text, Serialization);
}
