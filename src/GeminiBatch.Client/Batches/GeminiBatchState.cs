namespace GeminiBatch;

/// <summary>State of a batch job, the same for both backends (protocol: 1.5, 3.4).</summary>
public enum GeminiBatchState
{
    /// <summary>Unspecified, or a state that this library does not know: wait on, and see <see cref="GeminiBatchJob.RawState"/>.</summary>
    Unknown,

    /// <summary>Waiting for its turn (Vertex AI).</summary>
    Queued,

    /// <summary>Accepted, not begun.</summary>
    Pending,

    /// <summary>Working.</summary>
    Running,

    /// <summary>Ended. Says nothing of its rows: all of them may be errors (protocol: 10, no. 4).</summary>
    Succeeded,

    /// <summary>Ended with rows missing (Vertex AI).</summary>
    PartiallySucceeded,

    /// <summary>Failed as a whole.</summary>
    Failed,

    /// <summary>Being cancelled.</summary>
    Cancelling,

    /// <summary>Cancelled.</summary>
    Cancelled,

    /// <summary>Ran out of its time: 48 hours on the Developer API.</summary>
    Expired,

    /// <summary>Stopped by the service until somebody looks at it (Vertex AI).</summary>
    Paused,

    /// <summary>Being updated (Vertex AI).</summary>
    Updating,
}
