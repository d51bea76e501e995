namespace GeminiBatch;

/// <summary>Where a row stands. The numbers are stored.</summary>
internal enum RowState
{
    /// <summary>In the spool, in no shard.</summary>
    Planned = 0,

    /// <summary>In a shard that is being staged, submitted, watched or collected.</summary>
    InFlight = 1,

    /// <summary>Answered without success; settlement decides between another attempt and the end.</summary>
    Answered = 2,

    /// <summary>Ended with an answer that fits the schema.</summary>
    Succeeded = 3,

    /// <summary>Ended with a named reason.</summary>
    Failed = 4,
}
