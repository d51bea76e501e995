namespace GeminiBatch;

/// <summary>What one handle does with its run: plans it once, drives it while somebody wants results, and lets it go in between.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    private readonly ExtractionEngine _engine;
    private readonly RunOpening _opening;
    private readonly ExtractionSchema _schema;
    private readonly ExtractionRequest? _request;
    private readonly RunSignal _wake = new();
    private readonly SemaphoreSlim _working = new(1, 1);
    private volatile OpenedRun _run;
    private volatile PlannedTerms? _terms;
    private IAsyncEnumerable<BatchDocument>? _documents;
    private volatile bool _isCancelRequested;
    private bool _isDisposed;

    /// <param name="engine">The extractor's parts.</param>
    /// <param name="run">The run.</param>
    /// <param name="schema">What is extracted.</param>
    /// <param name="documents">Its documents; <see langword="null"/> for a run that is continued from the ledger alone.</param>
    /// <param name="request">What is asked; <see langword="null"/> likewise.</param>
    public RunSession(ExtractionEngine engine, OpenedRun run, ExtractionSchema schema, IAsyncEnumerable<BatchDocument>? documents, ExtractionRequest? request)
    {
        _engine = engine;
        _opening = new(engine);
        _run = run;
        _schema = schema;
        _documents = documents;
        _request = request;
        Activity = new(engine.Time);
        Driving = new(token => DriveAsync(cancels: false, token), Signal);
    }

    public long RunId => _run.Id;

    /// <summary>Whether this handle has nothing left to plan.</summary>
    public bool HasPlanned => Volatile.Read(ref _documents) is null;

    public RunSignal Signal { get; } = new();

    public RunActivity Activity { get; }

    /// <summary>This handle's driving of the run. Ended when it has driven the run, or was disposed, and does nothing now.</summary>
    public SharedDriving Driving { get; }

    public RunRecord ReadRun() => _engine.Ledger.Read(Record);

    /// <exception cref="RunRefusedException">Thrown when another program has deleted the run.</exception>
    public RunRecord Record(LedgerConnection connection) => LedgerRuns.Find(connection, _run.Id) ?? throw RunOpening.NotFound(_engine.Ledger, _run.Name);

    public async Task<RunPlan> PlanAsync(CancellationToken cancellationToken)
    {
        if (_documents is null)
        {
            _terms = PlannedTerms.Of(RequirePlanned());
            return RunReports.Plan(_engine, _run, Activity);
        }

        await WorkAsync(plans: true, static (_, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        return RunReports.Plan(_engine, _run, Activity);
    }

    /// <summary>Drives the run, together with everybody else who wants it driven, until it ends or <paramref name="cancellationToken"/> stops this caller.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var drive = Driving.Join();
        try
        {
            await drive.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Driving.LeaveAsync(drive).ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the run's jobs and waits for their end.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (Driving.JoinCurrent() is not { } drive)
        {
            await DriveAsync(cancels: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            // First for a driving that has not begun yet, then for one that has.
            _isCancelRequested = true;
            await _engine.Ledger.WriteAsync(connection => LedgerRuns.SetCancelling(connection, _run.Id, isCancelling: true), cancellationToken).ConfigureAwait(false);
            _wake.Raise();
            await drive.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isCancelRequested = false;
            await Driving.LeaveAsync(drive).ConfigureAwait(false);
        }
    }

    public async Task<int> RetryFailedAsync(bool paysAgain, CancellationToken cancellationToken)
    {
        var retried = 0;
        await WorkAsync(
            plans: true,
            async (context, token) => retried = await context.WriteAsync("retry.failed", connection => GiveBack(connection, paysAgain), token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return retried;
    }

    public async Task ChangeBoundsAsync(RunBounds bounds, CancellationToken cancellationToken)
    {
        await _engine.Ledger.WriteAsync(connection => LedgerRuns.Bound(connection, Record(connection).Id, bounds), cancellationToken).ConfigureAwait(false);
        _terms = _terms?.With(bounds);
    }

    public async Task<int> SampleTokensAsync(int rows, CancellationToken cancellationToken)
    {
        var counted = 0;
        await WorkAsync(plans: true, async (context, token) => counted = await TokenSampling.RunAsync(context, rows, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return counted;
    }

    /// <summary>Says whether more may be sent, also to a program that drives the run now.</summary>
    public async Task PauseAsync(bool isPaused, CancellationToken cancellationToken)
    {
        await _engine.Ledger.WriteAsync(connection => LedgerRuns.SetPaused(connection, Record(connection).Id, isPaused), cancellationToken).ConfigureAwait(false);
        _wake.Raise();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await Driving.DisposeAsync().ConfigureAwait(false);

        // What else this handle was doing ends first.
        await _working.WaitAsync().ConfigureAwait(false);
        await ForgetEmptyAsync().ConfigureAwait(false);
        _working.Dispose();
        Signal.Raise();
    }

    // Opened for documents that never came, as of a folder that is missing: no run is left behind.
    private async ValueTask ForgetEmptyAsync()
    {
        if (_documents is null || _engine.LedgerOptions.ReadOnly)
        {
            return;
        }

        try
        {
            if (await _engine.Ledger.WriteAsync(connection => LedgerRuns.RemoveEmpty(connection, _run.Id), CancellationToken.None).ConfigureAwait(false))
            {
                File.Delete(_engine.Spool.RowsPath(_run.Id));
            }
        }
        catch (Exception error) when (error is LedgerException or ObjectDisposedException or IOException)
        {
            // An empty run is no harm; what is wrong with the ledger is told by what matters.
        }
    }

    private Task DriveAsync(bool cancels, CancellationToken cancellationToken) => WorkAsync(
        plans: !cancels,
        async (context, token) =>
        {
            await context.WriteAsync("drive.begin", connection => Begin(connection, cancels), token).ConfigureAwait(false);
            try
            {
                using var activity = Telemetry.Start(context, "gemini_batch.run");
                await new RunDriver(context, _wake).RunAsync(token).ConfigureAwait(false);
            }
            finally
            {
                Driving.NoteDriven();
            }
        },
        cancellationToken);

    private void Begin(LedgerConnection connection, bool cancels)
    {
        if (!cancels && !_isCancelRequested)
        {
            _terms?.Require(Record(connection));
        }

        LedgerRuns.SetCancelling(connection, _run.Id, cancels || _isCancelRequested);
    }

    private int GiveBack(LedgerConnection connection, bool paysAgain)
    {
        _terms?.Require(Record(connection));
        return FailedRows.GiveBack(connection, _run.Id, paysAgain);
    }

    // Everything that changes the run happens here: one at a time, under the lease, and after planning unless the run is being cancelled.
    private async Task WorkAsync(bool plans, Func<RunContext, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await _working.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await KeyRotation.FollowAsync(_engine, _run.Name, cancellationToken).ConfigureAwait(false);
            var found = _run;
            var lease = await RunLease.TakeAsync(_engine.Ledger, _engine.Time, _run.Name, connection => (found = Find(connection, plans)).Id, cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                _run = found;
                var context = Context(lease, ReadRun());
                if (plans)
                {
                    await PlanOnceAsync(context, cancellationToken).ConfigureAwait(false);
                }

                await work(context, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Activity.Phase = RunPhase.Idle;
            _working.Release();
            Signal.Raise();
        }
    }

    // With documents at hand everything is decided anew: since this handle was opened, another program may have given the run another recipe, or removed it,
    // and then they make a run with a number of its own. Without them there is nothing to go on with but the run itself.
    private OpenedRun Find(LedgerConnection connection, bool plans)
    {
        if (plans && _documents is not null)
        {
            return _opening.Open(connection, _run.Name, _schema, _request!);
        }

        _opening.Bind(connection, Record(connection));
        return _run;
    }

    private async Task PlanOnceAsync(RunContext context, CancellationToken cancellationToken)
    {
        if (_documents is null)
        {
            RequirePlanned();
            return;
        }

        await context.WriteAsync(
            "plan.bounds",
            connection =>
            {
                LedgerRuns.SetRecipe(connection, _run);
                LedgerRuns.Bound(connection, _run.Id, _request!);
            },
            cancellationToken).ConfigureAwait(false);
        Activity.Phase = RunPhase.Planning;
        using var activity = Telemetry.Start(context, "gemini_batch.plan");
        await new Planner(context).PlanAsync(_documents, _run, _request!.ReuseAnswers, _request.OnRecipeChange == RecipeChange.ExtractAgain, cancellationToken).ConfigureAwait(false);
        var run = ReadRun();
        _terms = PlannedTerms.Of(run);
        Volatile.Write(ref _documents, null);
        RunLog.Planned(_engine.Logger, _run.Name, Activity.DocumentsRead, run.Pending);
    }

    private RunRecord RequirePlanned()
    {
        var run = ReadRun();
        return run.IsPlanned
            ? run
            : throw new RunRefusedException(_run.Name, RunRefusal.NotPlanned, $"Planning of the run '{_run.Name}' was interrupted after {run.Items} documents. Open it with its documents again; those that are known are not sent twice.");
    }

    private RunContext Context(RunLease lease, RunRecord run) => new()
    {
        Engine = _engine,
        Signal = Signal,
        Activity = Activity,
        RunId = _run.Id,
        RunName = _run.Name,
        Lease = lease,
        Parsing = _request is null ? ParsingJson.Read(run.Parsing) : _request.Parsing,
    };
}
