using System.Data.Common;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>A handle on one run. Planning, completing and streaming may be called in any order and together; each does what is not yet done.</summary>
/// <remarks>Disposing stops driving and lets the run go for other programs; jobs at the backend go on.</remarks>
public class ExtractionRun : IAsyncDisposable
{
    internal ExtractionRun(ExtractionEngine engine, OpenedRun run, ExtractionSchema schema, IAsyncEnumerable<BatchDocument>? documents, ExtractionRequest? request)
    {
        Engine = engine;
        Name = run.Name;
        Schema = schema;
        Session = new(engine, run, schema, documents, request);
        Parsing = request is null ? ParsingJson.Read(Session.ReadRun().Parsing) : request.Parsing;
    }

    /// <summary>The run's name in the ledger.</summary>
    public string Name { get; }

    /// <summary>The schema that the run's answers are read with: the typed one it was opened with, or the one stored in the ledger.</summary>
    public ExtractionSchema Schema { get; }

    private protected ExtractionEngine Engine { get; }

    internal RunSession Session { get; }

    private protected ParseOptions? Parsing { get; }

    /// <summary>Reads the documents, packs their rows and says what will be sent and what it is estimated to cost. Sends nothing.</summary>
    /// <param name="cancellationToken">Stops planning; what was planned is kept and found again.</param>
    /// <exception cref="DocumentException">Thrown when a document cannot be used.</exception>
    /// <exception cref="RunRefusedException">Thrown when another program drives the run.</exception>
    public Task<RunPlan> PlanAsync(CancellationToken cancellationToken = default) => Session.PlanAsync(cancellationToken);

    /// <summary>Drives the run until every item has ended.</summary>
    /// <param name="cancellationToken">Stops driving; jobs at the backend go on.</param>
    /// <exception cref="RunRefusedException">Thrown when the run cannot go on: another program drives it, or the cap is reached.</exception>
    /// <exception cref="GeminiApiException">Thrown when the backend refuses the key, the model or the account.</exception>
    public async Task<RunSummary> CompleteAsync(CancellationToken cancellationToken = default)
    {
        await Session.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return RunReports.Summary(Engine, Session.RunId, Session.Activity);
    }

    /// <summary>How the run stands, from the ledger. Does not drive.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<RunSummary> SummaryAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(RunReports.Summary(Engine, Session.RunId, Session.Activity));
    }

    /// <summary>Cancels the run's jobs at the backend. Rows that were answered are kept, the others stay pending and are sent when the run is driven again.</summary>
    /// <param name="cancellationToken">Cancels the waiting for the jobs' end.</param>
    public Task CancelAsync(CancellationToken cancellationToken = default) => Session.CancelAsync(cancellationToken);

    /// <summary>Sends nothing more until <see cref="ContinueAsync"/>; what is under way is collected. Holds over restarts, and for a program that drives the run now.</summary>
    /// <param name="cancellationToken">Cancels before the change.</param>
    public Task PauseAsync(CancellationToken cancellationToken = default) => Session.PauseAsync(isPaused: true, cancellationToken);

    /// <summary>Lets a paused run send again.</summary>
    /// <param name="cancellationToken">Cancels before the change.</param>
    public Task ContinueAsync(CancellationToken cancellationToken = default) => Session.PauseAsync(isPaused: false, cancellationToken);

    /// <summary>Changes the run's bounds without its documents, for example to go on under a higher cap. Holds from the next driving on.</summary>
    /// <param name="bounds">What is changed.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <exception cref="ArgumentOutOfRangeException">Thrown when a bound is no sensible one.</exception>
    public Task ChangeBoundsAsync(RunBounds bounds, CancellationToken cancellationToken = default)
    {
        RunOpening.Check(bounds);
        return Session.ChangeBoundsAsync(bounds, cancellationToken);
    }

    /// <summary>Has the backend count the tokens of a few rows that are still to be sent, by which estimates are corrected from then on. Sends documents' text to be counted; costs nothing.</summary>
    /// <param name="rows">How many; evenly chosen. Rows with media are left out.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <returns>How many were counted; 0 where the backend does not count.</returns>
    public Task<int> SampleTokensAsync(int rows = 20, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return Session.SampleTokensAsync(rows, cancellationToken);
    }

    /// <summary>A snapshot.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<RunProgress> ProgressAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ProgressReport.Of(Engine, Session));
    }

    /// <summary>Snapshots as the run goes on: one at once, one after each change, a last one when driving ends. Does not drive.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<RunProgress> WatchAsync(CancellationToken cancellationToken = default) => ProgressReport.WatchAsync(Engine, Session, cancellationToken);

    /// <summary>Drives the run and streams every ended document once, in the order in which they ended, untyped.</summary>
    /// <param name="cancellationToken">Ends the stream and stops driving.</param>
    public IAsyncEnumerable<ExtractionResult> UntypedResultsAsync(CancellationToken cancellationToken = default) =>
        StreamAsync(static (stream, outcome) => stream.Read(outcome), cancellationToken);

    /// <summary>
    /// Streams every document that has ended so far once, in plan order, from the ledger alone. Does not drive: an export of an unfinished run. A document that
    /// changed and has no new answer yet comes with its old one, and a note that says so.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ExtractionResult> EndedResultsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var stream = new ResultStream(Engine, Session.RunId, Parsing);
        while (stream.NextByPlan() is { Count: > 0 } page)
        {
            foreach (var outcome in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (stream.Whole(outcome, isByPlan: true) is { } whole)
                {
                    yield return stream.Read(whole);
                }
            }
        }

        // Of a run that was deleted meanwhile this was not all.
        Session.ReadRun();
    }

    /// <summary>Writes every document that has ended so far as one line of JSON, in plan order: id, key, value or failure, repairs, notes, metadata, sources, usage and cost. Does not drive.</summary>
    /// <param name="destination">The stream; left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many lines were written.</returns>
    public async Task<long> WriteJsonLinesAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var lines = 0L;
        await foreach (var result in EndedResultsAsync(cancellationToken).ConfigureAwait(false))
        {
            await destination.WriteAsync(ResultLine.Write(result), cancellationToken).ConfigureAwait(false);
            lines++;
        }

        return lines;
    }

    /// <summary>Writes every document that has ended so far as one row of CSV, in plan order; see <see cref="ResultCsv"/>, which reads it back equal. Does not drive.</summary>
    /// <param name="destination">The stream; left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many rows were written, the header not counted.</returns>
    public Task<long> WriteCsvAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return ResultCsv.WriteAsync(EndedResultsAsync(cancellationToken), Table(), destination, cancellationToken);
    }

    /// <summary>
    /// The ended documents so far as a table with typed columns, in plan order, for whatever takes a <see cref="DbDataReader"/>, such as a bulk copy: document, key,
    /// status, reason, message, the schema's scalars by their dotted names (lists and maps as JSON text), repairs, attempts, cost, model, then metadata. Does not drive.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The reader; dispose it before the run.</returns>
    public DbDataReader OpenDataReader(CancellationToken cancellationToken = default) => new ResultDataReader(EndedResultsAsync(cancellationToken), Table());

    /// <summary>Writes the failed documents so far, with what was asked of them and why they failed, as JSON lines that <see cref="BatchDocument.FromJsonLines"/> takes.</summary>
    /// <param name="destination">The stream; left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many documents were written.</returns>
    public async Task<long> WriteFailuresAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        try
        {
            return await FailureLines.WriteAsync(Engine, Session.RunId, destination, cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException error) when (error.Problem == LedgerProblem.SpoolDamaged)
        {
            // The spool of a run that was deleted meanwhile is gone, not damaged.
            Session.ReadRun();
            throw;
        }
    }

    /// <summary>Every sending of a document that has come back so far, with what it brought and cost, first to last; of a document in sections, section by section. Nothing for a cached answer.</summary>
    /// <param name="documentId">The document's id, or a section's.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ExtractionAttempt> AttemptsAsync(string documentId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var attempt in AttemptHistory.Read(Engine.Ledger, Session.RunId, documentId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return attempt;
        }
    }

    /// <summary>Gives failed rows their attempts again. They are sent when the run is driven.</summary>
    /// <param name="payAgain">
    /// Whether rows are among them that the backend may have answered and billed, and whose answers cannot be read any more: those of <c>results_expired</c>
    /// and <c>job_missing</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <returns>How many rows will be sent again.</returns>
    public Task<int> RetryFailedAsync(bool payAgain = false, CancellationToken cancellationToken = default) => Session.RetryFailedAsync(payAgain, cancellationToken);

    /// <summary>Stops driving and lets the run go.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The flat view of its results.</summary>
    internal ResultTable Table() => new(
        Schema.Descriptor,
        Engine.Ledger.Read(connection => connection.List(
            """
            SELECT e.key, CASE WHEN count(DISTINCT e.type) = 1 OR sum(e.type NOT IN ('true', 'false')) = 0 THEN max(e.type) ELSE 'mixed' END
            FROM items i, json_each(i.metadata) e WHERE i.run = $1 AND i.metadata IS NOT NULL GROUP BY e.key ORDER BY e.key
            """,
            static reader => (reader.GetString(0), reader.GetString(1)),
            Session.RunId)));

    private protected async IAsyncEnumerable<TResult> StreamAsync<TResult>(Func<ResultStream, StoredOutcome, TResult> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var drive = Session.Driving.Join();
        try
        {
            ResultStream? stream = null;
            while (true)
            {
                // Both taken before looking: what ends meanwhile is seen now or at the next turn.
                var next = Session.Signal.Next;
                var isLast = drive.Task.IsCompleted;
                var page = Session.HasPlanned ? (stream ??= new(Engine, Session.RunId, Parsing)).NextByArrival() : [];
                foreach (var outcome in page)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (stream!.Whole(outcome) is { } whole)
                    {
                        yield return read(stream, whole);
                    }
                }

                if (page.Count > 0)
                {
                    continue;
                }

                if (isLast)
                {
                    await drive.Task.ConfigureAwait(false);
                    yield break;
                }

                await Task.WhenAny(next, drive.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Session.Driving.LeaveAsync(drive).ConfigureAwait(false);
        }
    }
}
