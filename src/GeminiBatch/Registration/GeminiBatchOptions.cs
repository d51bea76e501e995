namespace GeminiBatch;

/// <summary>How runs are driven. Validated when the host starts.</summary>
public sealed class GeminiBatchOptions
{
    /// <summary>The first wait between two looks at a job. 10 s by default (protocol: 10 to 30 s for short jobs in the field).</summary>
    public TimeSpan InitialPollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two looks at a job. 2 minutes by default.</summary>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the backend's job list is searched after a creation without an answer before the job is created again. Longer than the list's lag; 2 minutes by default.</summary>
    public TimeSpan ReconcileQuietPeriod { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait between two searches. 10 s by default.</summary>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after the backend refused a creation for its quota, when it does not say how long; doubled each time. 1 minute by default.</summary>
    public TimeSpan CreationBackoff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest such wait. 30 minutes by default.</summary>
    public TimeSpan MaxCreationBackoff { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The wait before a failed upload, poll or download is tried again; doubled each time up to <see cref="MaxPollInterval"/>. 5 s by default.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often in a row an upload, poll or download may fail with something transient before the run stops with that error. 10 by default.</summary>
    public int MaxConsecutiveErrors { get; set; } = 10;

    /// <summary>The most rows of one batch file; the backend's limit when <see langword="null"/>.</summary>
    public int? MaxShardRows { get; set; }

    /// <summary>The most bytes of one batch file; the backend's limit when <see langword="null"/>.</summary>
    public long? MaxShardBytes { get; set; }

    /// <summary>The most jobs that this run keeps at the backend at a time; the backend's limit when <see langword="null"/>.</summary>
    public int? MaxConcurrentJobs { get; set; }

    /// <summary>The shortest time between two snapshots of <see cref="ExtractionRun.WatchAsync"/>. 250 ms by default.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
