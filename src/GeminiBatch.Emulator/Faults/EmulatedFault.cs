namespace GeminiBatch;

/// <summary>
/// One thing that goes wrong. It strikes the logical call (operation, name, attempt), never "the n-th request", so that a plan means the same
/// whatever the order in which requests arrive.
/// </summary>
public sealed record EmulatedFault
{
    /// <summary>The operation that is struck.</summary>
    public required EmulatedOperation Operation { get; init; }

    /// <summary>What happens.</summary>
    public required EmulatedFaultKind Kind { get; init; }

    /// <summary>Which names are struck: <c>*</c> stands for any text. Names are what <see cref="EmulatedOperation"/> says. Default: all.</summary>
    public string NamePattern { get; init; } = "*";

    /// <summary>The first attempt at the same operation and name that is struck, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many attempts in a row are struck.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The HTTP status of <see cref="EmulatedFaultKind.Refuse"/> (default 503), or the gRPC code of failed rows.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The body to answer with, as is; null for the body that Google sends with this status.</summary>
    public string? Body { get; init; }

    /// <summary>With status 429: the RetryInfo delay in the body (protocol: 9.1).</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>How long <see cref="EmulatedFaultKind.Delay"/> waits and how far <see cref="EmulatedFaultKind.StaleList"/> lags, on the emulator's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many bytes <see cref="EmulatedFaultKind.BreakTransfer"/> lets through.</summary>
    public long KeptBytes { get; init; }

    /// <summary>How many rows are struck by the kinds that strike rows.</summary>
    public int Rows { get; init; } = 1;
}
