namespace GeminiBatch;

/// <summary>An answer read without its CLR type: canonical strict JSON and a report.</summary>
public sealed class AnswerReading
{
    /// <summary>Whether the answer is whole and free of errors.</summary>
    public bool Succeeded => Status is AnswerStatus.Exact or AnswerStatus.Repaired && Errors.Count == 0;

    /// <summary>How the answer was read.</summary>
    public required AnswerStatus Status { get; init; }

    /// <summary>
    /// What could be read as strict UTF-8 JSON: the schema's names in the schema's order, each at most once, every value in its wire
    /// form. Also set when the answer is incomplete; empty when nothing could be read.
    /// </summary>
    public ReadOnlyMemory<byte> CanonicalJson { get; init; }

    /// <summary>The repairs made, in the answer's order.</summary>
    public IReadOnlyList<AnswerRepair> Repairs { get; init; } = [];

    /// <summary>The reasons why the answer cannot be used as it is.</summary>
    public IReadOnlyList<AnswerError> Errors { get; init; } = [];

    /// <summary>What the answer holds beside the JSON, when it is more than white space.</summary>
    public string? Remainder { get; init; }

    /// <summary>Whether nothing is missing from <see cref="CanonicalJson"/>, although it breaks a constraint.</summary>
    internal bool IsWhole { get; init; }
}
