namespace GeminiBatch;

/// <summary>Limits of a backend, as documented (protocol: 3.6, 9.2).</summary>
/// <param name="MaxShardBytes">Most bytes of one batch file.</param>
/// <param name="MaxShardRows">Most rows of one batch file; <see cref="int.MaxValue"/> where no limit is stated.</param>
/// <param name="MaxConcurrentJobs">Most jobs at once; <see cref="int.MaxValue"/> where no limit is stated.</param>
/// <param name="FileLifetime">How long the service keeps files; <see cref="TimeSpan.MaxValue"/> where the user decides.</param>
public sealed record BackendLimits(long MaxShardBytes, int MaxShardRows, int MaxConcurrentJobs, TimeSpan FileLifetime);
