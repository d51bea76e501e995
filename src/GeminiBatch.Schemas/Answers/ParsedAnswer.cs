using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch;

/// <summary>An answer read into its type, with the report of what was done to read it.</summary>
/// <typeparam name="T">The extraction type.</typeparam>
public sealed class ParsedAnswer<T>
{
    /// <summary>Whether <see cref="Value"/> is whole: the status is exact or repaired and there are no errors.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Status is AnswerStatus.Exact or AnswerStatus.Repaired && Errors.Count == 0;

    /// <summary>The value. Without success it is set only when the answer is whole but breaks a constraint.</summary>
    public T? Value { get; init; }

    /// <summary>How the answer was read.</summary>
    public required AnswerStatus Status { get; init; }

    /// <summary>The repairs made, in the answer's order.</summary>
    public IReadOnlyList<AnswerRepair> Repairs { get; init; } = [];

    /// <summary>The reasons why the answer cannot be used as it is.</summary>
    public IReadOnlyList<AnswerError> Errors { get; init; } = [];

    /// <summary>What the answer holds beside the JSON, when it is more than white space.</summary>
    public string? Remainder { get; init; }
}
