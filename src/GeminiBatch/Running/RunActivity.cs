namespace GeminiBatch;

/// <summary>What this handle is doing and has done, for progress and summaries. Nothing here decides anything.</summary>
internal sealed class RunActivity(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private long? _startedAt;
    private TimeSpan _elapsed;
    private long _endedAtStart;
    private long _jobsSubmitted;
    private Retrying? _retry;

    public RunPhase Phase { get; set; } = RunPhase.Idle;

    /// <summary>What somebody who looks on should know; while something is waited for to be tried again, that.</summary>
    public string? Notice
    {
        get => _retry is { } retry && timeProvider.GetUtcNow() < retry.Until ? retry.Message : field;
        set => (_retry, field) = (null, value);
    }

    /// <summary>Documents read by the pass that is under way or done.</summary>
    public long DocumentsRead { get; set; }

    /// <summary>Of these, addresses whose size nobody tells.</summary>
    public long UnmeasuredAddresses { get; set; }

    /// <summary>Of these, objects that the login may not look at.</summary>
    public long UnversionedAddresses { get; set; }

    public long JobsSubmitted => Interlocked.Read(ref _jobsSubmitted);

    /// <summary>Items that had ended when this handle began to drive.</summary>
    public long EndedAtStart => Interlocked.Read(ref _endedAtStart);

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed + (_startedAt is { } start ? timeProvider.GetElapsedTime(start) : TimeSpan.Zero);
            }
        }
    }

    /// <summary>Intents of this handle whose reply was lost.</summary>
    public HashSet<string> Uncertain { get; } = [];

    public void Retry(string message, TimeSpan delay) => _retry = new(message, timeProvider.GetUtcNow() + delay);

    public void CountJob() => Interlocked.Increment(ref _jobsSubmitted);

    public void Start(long ended)
    {
        lock (_lock)
        {
            _startedAt = timeProvider.GetTimestamp();
            _endedAtStart = ended;
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _elapsed += _startedAt is { } start ? timeProvider.GetElapsedTime(start) : TimeSpan.Zero;
            _startedAt = null;
            (Phase, _retry) = (RunPhase.Idle, null);
        }
    }

    private sealed record Retrying(string Message, DateTimeOffset Until);
}
