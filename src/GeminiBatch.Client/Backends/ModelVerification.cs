namespace GeminiBatch;

/// <summary>Whether a backend runs batches of a model, by its own word or by a job. No other model is ever taken in its place.</summary>
public sealed record ModelVerification
{
    /// <summary>The model that was asked about.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the backend runs batches of it.</summary>
    public required bool RunsBatches { get; init; }

    /// <summary>One line: what was found, and what to do where it is no good.</summary>
    public required string Message { get; init; }

    /// <summary>The model that answered a job, as it names itself; null where no job was sent, or none was answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Models of which batches run there, to choose from; empty where the backend does not list them.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}
