using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch;

/// <summary>How one document of a run ended, with its typed value.</summary>
/// <typeparam name="T">The extraction type.</typeparam>
public sealed class ExtractionResult<T> : ExtractionResult
{
    /// <summary>A result to be filled in, for tests of code that takes one.</summary>
    public ExtractionResult()
    {
    }

    [SetsRequiredMembers]
    internal ExtractionResult(ExtractionResult told)
        : base(told)
    {
    }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public new bool Succeeded => Failure is null;

    /// <summary>Why there is no value; <see langword="null"/> when there is one.</summary>
    public new ExtractionFailure? Failure
    {
        get => base.Failure;
        init => base.Failure = value;
    }

    /// <summary>The value; <see langword="default"/> when there is none.</summary>
    public T? Value { get; init; }
}
