namespace GeminiBatch;

/// <summary>Where a job stands in the ledger; what the backend calls it is kept beside. The numbers are stored.</summary>
internal enum JobState
{
    /// <summary>About to be created: from here to the reply nothing is known.</summary>
    Intended = 0,

    /// <summary>The creation had no answer: a job may exist and is searched for.</summary>
    Uncertain = 1,

    /// <summary>Refused for quota: no job exists, the same intent is tried again later.</summary>
    Postponed = 2,

    /// <summary>Exists at the backend.</summary>
    Live = 3,

    /// <summary>In a terminal state at the backend, not yet collected.</summary>
    Ended = 4,

    /// <summary>Every result row is stored.</summary>
    Collected = 5,

    /// <summary>Every row of its shard is decided.</summary>
    Settled = 6,

    /// <summary>Searched for over the quiet period and not found.</summary>
    Lost = 7,

    /// <summary>Refused for good: no job exists.</summary>
    Refused = 8,

    /// <summary>A second job of the same shard that surfaced later; to be cancelled.</summary>
    Twin = 9,

    /// <summary>A twin that was cancelled.</summary>
    TwinCancelled = 10,
}
