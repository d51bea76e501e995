namespace GeminiBatch;

/// <summary>A run was refused before anything was sent for it: the message says what differs, what it would cost, and how to go on.</summary>
public class RunRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="message">The reason and the way on.</param>
    public RunRefusedException(string run, RunRefusal refusal, string message)
        : base(message)
    {
        Run = run;
        Refusal = refusal;
    }

    /// <summary>The run's name.</summary>
    public string Run { get; }

    /// <summary>Why.</summary>
    public RunRefusal Refusal { get; }

    /// <summary>What differs between the stored recipe and the one asked for, one line each; empty for other refusals.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>How many rows would be sent again; 0 for other refusals.</summary>
    public long Rows { get; init; }

    /// <summary>US dollars that it would cost: an estimate; <see langword="null"/> when unknown.</summary>
    public decimal? EstimatedCost { get; init; }
}
