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

    /// <summary>The culture in which ambiguous numbers and dates of the answer are written; null when it is not known.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>How deep objects and lists may be nested.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How long an answer may be, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;
}
