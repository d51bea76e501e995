using System.Globalization;

namespace GeminiBatch;

/// <summary>How an answer is read.</summary>
public sealed record ParseOptions
{
    /// <summary>Repairs text, names and values; the default.</summary>
    public static ParseOptions Default { get; } = new();

    /// <summary>Repairs nothing.</summary>
    public static ParseOptions Strict { get; } = new() { Mode = RepairMode.Strict };

    /// <summary>Repairs the JSON text only.</summary>
    public static ParseOptions SyntaxOnly { get; } = new() { Mode = RepairMode.Syntax };

    /// <summary>How far the tolerant reader may go.</summary>
    public RepairMode Mode { get; init; } = RepairMode.Full;

    /// <summary>Which conversions <see cref="RepairMode.Full"/> may make.</summary>
    public AnswerCoercions Coercions { get; init; } = AnswerCoercions.Default;

    /// <summary>The culture in which ambiguous numbers and dates of the answer are written; null when it is not known. With a culture, only its reading counts.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>How deep objects and lists may be nested; at most 512.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>
    /// Ends the reading of a long answer with an <see cref="OperationCanceledException"/>. It is looked at while the answer is repaired; a clean
    /// one is read in one go, at some hundred megabytes a second. It belongs to the call: handles and requests do not keep it.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether a conversion may be made.</summary>
    internal bool Allows(AnswerCoercions coercion) => Mode == RepairMode.Full && (Coercions & coercion) != 0;

    /// <summary>How long an answer may be, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;
}
