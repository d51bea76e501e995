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

    /// <summary>The first pause after many rows of a job failed for the backend's own trouble; doubled each time up to <see cref="MaxCreationBackoff"/>. 5 minutes by default.</summary>
    public TimeSpan StormPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a job may take before it is cancelled and its rows are sent again; <see langword="null"/>, the default, for as long as the backend lets it. Rows that
    /// it has answered are kept; what else it was about to answer may be paid for twice.
    /// </summary>
    public TimeSpan? JobDeadline { get; set; }

    /// <summary>After so many rows that ended for one and the same deterministic reason, and more than half of all, nothing more is sent. 100 by default; <see langword="null"/> for never.</summary>
    public int? StopAfterFailures { get; set; } = 100;

    /// <summary>The tier of the account, 1 to 3, which limits the tokens that are enqueued at a time; <see langword="null"/> when unknown, and nothing is held back.</summary>
    public int? Tier { get; set; }

    /// <summary>The most rows of one batch file; the backend's limit when <see langword="null"/>.</summary>
    public int? MaxShardRows { get; set; }

    /// <summary>The most bytes of one batch file; the backend's limit when <see langword="null"/>.</summary>
    public long? MaxShardBytes { get; set; }

    /// <summary>The most jobs that this run keeps at the backend at a time; the backend's limit when <see langword="null"/>.</summary>
    public int? MaxConcurrentJobs { get; set; }

    /// <summary>How many documents' media are uploaded at a time. 8 by default.</summary>
    public int MaxConcurrentUploads { get; set; } = 8;

    /// <summary>The shortest time between two snapshots of <see cref="ExtractionRun.WatchAsync"/>. 250 ms by default.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
