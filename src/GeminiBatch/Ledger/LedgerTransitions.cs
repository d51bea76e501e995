namespace GeminiBatch;

/// <summary>Every change of state that is allowed. All writes go by compare-and-set over these.</summary>
internal static class LedgerTransitions
{
    public static bool IsAllowed(RowState from, RowState to) => (from, to) switch
    {
        (RowState.Planned, RowState.InFlight) => true,
        (RowState.InFlight, RowState.Succeeded or RowState.Answered) => true,
        (RowState.InFlight or RowState.Answered, RowState.Planned or RowState.Failed) => true,
        (RowState.Failed, RowState.Planned) => true,
        _ => false,
    };

    public static bool IsAllowed(ShardState from, ShardState to) => (from, to) switch
    {
        (ShardState.Packed, ShardState.Staged) => true,
        (ShardState.Staged, ShardState.Packed or ShardState.Submitted) => true,
        (ShardState.Submitted, ShardState.Staged or ShardState.Settled) => true,
        (ShardState.Packed or ShardState.Staged, ShardState.Settled) => true,
        _ => false,
    };

    public static bool IsAllowed(JobState from, JobState to) => (from, to) switch
    {
        (JobState.Intended, JobState.Live or JobState.Uncertain or JobState.Postponed or JobState.Refused) => true,
        (JobState.Uncertain, JobState.Live or JobState.Lost) => true,
        (JobState.Postponed, JobState.Intended or JobState.Refused) => true,
        (JobState.Lost, JobState.Live) => true,
        (JobState.Live, JobState.Ended) => true,
        (JobState.Ended, JobState.Collected) => true,
        (JobState.Collected, JobState.Settled) => true,
        (JobState.Twin, JobState.TwinCancelled) => true,
        _ => false,
    };

    public static void Require(bool isAllowed, object from, object to)
    {
        if (!isAllowed)
        {
            throw new InvalidOperationException($"The change from {from} to {to} is not one that the ledger knows.");
        }
    }
}
