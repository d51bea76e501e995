using System.Runtime.ExceptionServices;

namespace GeminiBatch;

/// <summary>The loop of a run: asks every stage, again and again, and waits in one place for the next due time, a wake-up or the token.</summary>
/// <remarks>
/// What was sent is paid for, so nothing that forbids sending more may keep it from being collected: such a refusal is kept until all that is under way
/// is settled, and thrown then.
/// </remarks>
internal sealed class RunDriver
{
    private readonly RunContext _context;
    private readonly RunSignal _wake;
    private readonly TwinStage _twins;
    private readonly IRunStage[] _paid;
    private readonly IRunStage[] _spending;
    private ExceptionDispatchInfo? _refusal;

    public RunDriver(RunContext context, RunSignal wake)
    {
        _context = context;
        _wake = wake;
        _twins = new(context);
        _paid =
        [
            new ReconcileStage(context), new WatchStage(context), new CollectionStage(context), new SettlementStage(context), _twins, new CancellationStage(context),
        ];
        _spending = [new SpendingGate(context), new PackingStage(context), new StagingStage(context), new SubmissionStage(context)];
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var context = _context;
        await context.WriteAsync("recover", connection => LedgerJobs.Recover(connection, context.RunId, context.NowMilliseconds), cancellationToken).ConfigureAwait(false);
        context.Spool.DeleteShardFiles(context.RunId);
        var run = context.ReadRun();
        context.Activity.Start(run.Succeeded + run.Failed);
        try
        {
            await LoopAsync(cancellationToken).ConfigureAwait(false);
            await _twins.SweepAllAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            context.Activity.Stop();
        }
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before looking, so that a change while the stages look is not slept through.
            var wake = _wake.Next;
            var (acted, due) = await StepAsync(_paid, cancellationToken).ConfigureAwait(false);
            var isPaused = _context.ReadRun().IsPaused;
            if (_refusal is null && !isPaused)
            {
                try
                {
                    var (spent, next) = await StepAsync(_spending, cancellationToken).ConfigureAwait(false);
                    (acted, due) = (acted || spent, StageStep.Earliest(due, next));
                }
                catch (Exception error) when (IsRefusal(error))
                {
                    _refusal = ExceptionDispatchInfo.Capture(error);
                    _context.Activity.Notice = $"Nothing more is sent: {error.Message}";
                    continue;
                }
            }

            if (acted)
            {
                continue;
            }

            if (_refusal is not null && !_context.Ledger.Read(connection => LedgerJobs.HasUnsettled(connection, _context.RunId)))
            {
                _refusal.Throw();
            }

            if (IsDone() || (isPaused && !_context.Ledger.Read(connection => LedgerJobs.HasUnsettled(connection, _context.RunId))))
            {
                return;
            }

            _context.Activity.Phase = RunPhase.Waiting;
            await WaitAsync(due, wake, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<(bool Acted, long? Due)> StepAsync(IRunStage[] stages, CancellationToken cancellationToken)
    {
        var acted = false;
        long? due = null;
        foreach (var stage in stages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = await stage.StepAsync(cancellationToken).ConfigureAwait(false);
            acted |= step.HasActed;
            due = StageStep.Earliest(due, step.DueAt);
        }

        return (acted, due);
    }

    private static bool IsRefusal(Exception error) =>
        error is RunRefusedException { Refusal: not RunRefusal.InUse } or GeminiApiException or JobCreationUncertainException or HttpRequestException or ArgumentException;

    private bool IsDone() => _context.Ledger.ReadSnapshot(connection =>
        !LedgerShards.HasOpen(connection, _context.RunId)
        && (LedgerRuns.Get(connection, _context.RunId).IsCancelling
            || connection.Number("SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 LIMIT 1", _context.RunId) is null));

    private async Task WaitAsync(long? due, Task wake, CancellationToken cancellationToken)
    {
        var wait = due is { } time
            ? TimeSpan.FromMilliseconds(Math.Clamp(time - _context.NowMilliseconds, 1, int.MaxValue))
            : throw new InvalidOperationException($"The run '{_context.RunName}' has open items and nothing is due. Check its ledger with {nameof(BatchExtractor)}.{nameof(BatchExtractor.CheckAsync)}.");
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait, _context.Time, waiting.Token), wake).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
