using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>What the stages of one driven run share.</summary>
internal sealed class RunContext
{
    private readonly List<Action> _onCommit = [];

    public required ExtractionEngine Engine { get; init; }

    public LedgerDatabase Ledger => Engine.Ledger;

    public SpoolFolder Spool => Engine.Spool;

    public IBatchBackend Backend => Engine.Backend;

    public GeminiCatalogue Catalogue => Engine.Catalogue;

    public GeminiBatchOptions Options => Engine.Options;

    public TimeProvider Time => Engine.Time;

    public ILogger Logger => Engine.Logger;

    public RecipeBook Recipes => Engine.Recipes;

    public required RunSignal Signal { get; init; }

    public required RunActivity Activity { get; init; }

    public required long RunId { get; init; }

    public required string RunName { get; init; }

    public required RunLease Lease { get; init; }

    public ParseOptions? Parsing { get; init; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public long NowMilliseconds => LedgerTime.Now(Time);

    /// <summary>Writes under the lease; afterwards everybody who waits for the run looks again.</summary>
    public async Task<T> WriteAsync<T>(string name, Func<LedgerConnection, T> write, CancellationToken cancellationToken)
    {
        At($"{name}:before");
        _onCommit.Clear();
        var result = await Ledger.WriteAsync(
            connection =>
            {
                Lease.Guard(connection);
                return write(connection);
            },
            cancellationToken).ConfigureAwait(false);
        _onCommit.ForEach(static told => told());
        At($"{name}:after");
        Signal.Raise();
        return result;
    }

    public Task WriteAsync(string name, Action<LedgerConnection> write, CancellationToken cancellationToken) => WriteAsync(
        name,
        connection =>
        {
            write(connection);
            return true;
        },
        cancellationToken);

    /// <summary>Something to be told once the write that is under way is committed; forgotten when it is not.</summary>
    public void OnCommit(Action told) => _onCommit.Add(told);

    public CostEstimate Estimate() => new(Catalogue, Time, Recipes.Get(ReadRun().Recipe).Recipe, Backend.Identity.Kind);

    public RunRecord ReadRun() => Ledger.Read(connection => LedgerRuns.Get(connection, RunId));

    public void At(string point)
    {
        if (Engine.Fault is { } fault)
        {
            FaultPoints.Require(point);
            fault(point);
        }
    }
}
