namespace GeminiBatch;

/// <summary>Where a shard stands. The numbers are stored.</summary>
internal enum ShardState
{
    /// <summary>Its rows are chosen.</summary>
    Packed = 0,

    /// <summary>Its file is at the backend.</summary>
    Staged = 1,

    /// <summary>A job of it is intended, alive or being collected.</summary>
    Submitted = 2,

    /// <summary>Every row of it is decided.</summary>
    Settled = 3,
}
