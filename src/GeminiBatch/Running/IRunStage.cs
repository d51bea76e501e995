namespace GeminiBatch;

/// <summary>One stage of a run: reads the ledger, acts, moves state by compare-and-set. It never waits; it says when it is due again.</summary>
internal interface IRunStage
{
    /// <summary>Does what is due now, in small bites.</summary>
    ValueTask<StageStep> StepAsync(CancellationToken cancellationToken);
}
