namespace GeminiBatch;

/// <summary>A handle on one run. Planning, completing and streaming may be called in any order and together; each does what is not yet done.</summary>
/// <remarks>Disposing stops driving and lets the run go for other programs; jobs at the backend go on.</remarks>
public class ExtractionRun : IAsyncDisposable
{
    private protected ExtractionRun(string name) => Name = name;

    /// <summary>The run's name in the ledger.</summary>
    public string Name { get; }

    /// <summary>The schema that the run's answers are read with: the typed one it was opened with, or the one stored in the ledger.</summary>
    public ExtractionSchema Schema { get; } = null!;

    /// <summary>Reads the documents, packs their rows and says what will be sent and what it is estimated to cost. Sends nothing.</summary>
    /// <param name="cancellationToken">Stops planning; what was planned is kept and found again.</param>
    public Task<RunPlan> PlanAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Drives the run until every item has ended.</summary>
    /// <param name="cancellationToken">Stops driving; jobs at the backend go on.</param>
    public Task<RunSummary> CompleteAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>How the run stands, from the ledger. Does not drive.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<RunSummary> SummaryAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Cancels the run's jobs at the backend. Rows that were answered are kept, the others stay pending and are sent when the run is driven again.</summary>
    /// <param name="cancellationToken">Cancels the waiting for the jobs' end.</param>
    public Task CancelAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>A snapshot.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<RunProgress> ProgressAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Snapshots as the run goes on: one at once, one after each change, a last one when driving ends. Does not drive.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<RunProgress> WatchAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Drives the run and streams every ended document once, in the order in which they ended, untyped.</summary>
    /// <param name="cancellationToken">Ends the stream and stops driving.</param>
    public IAsyncEnumerable<ExtractionResult> UntypedResultsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Streams every document that has ended so far once, in plan order, from the ledger alone. Does not drive: an export of an unfinished run.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<ExtractionResult> EndedResultsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Gives every failed row its attempts again. They are sent when the run is driven.</summary>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>How many rows will be sent again.</returns>
    public Task<int> RetryFailedAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stops driving and lets the run go.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        throw new NotImplementedException();
    }
}
