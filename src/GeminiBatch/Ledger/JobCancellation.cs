namespace GeminiBatch;

/// <summary>At whose word a job's cancellation was asked for. The numbers are stored.</summary>
internal enum JobCancellation
{
    /// <summary>Nobody's.</summary>
    None = 0,

    /// <summary>The user's: its rows wait for the run to go on and lose no attempt.</summary>
    ByUser = 1,

    /// <summary>It had not ended by the deadline: its rows are sent again.</summary>
    ByDeadline = 2,
}
