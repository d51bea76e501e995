namespace GeminiBatch;

/// <summary>A job on Vertex AI to be created (protocol: 3.3).</summary>
public sealed record VertexJobCreation
{
    /// <summary>The model's id, such as <c>gemini-3.5-flash-lite</c>, or the full name of a tuned one, <c>projects/…/models/…</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Name by which the job can be found again.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Where it reads.</summary>
    public required VertexInput Input { get; init; }

    /// <summary>Where it writes.</summary>
    public required VertexOutput Output { get; init; }

    /// <summary>Labels of the job: lower-case letters, digits, dashes and underscores.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(0);
}
