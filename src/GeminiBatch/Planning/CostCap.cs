using System.Globalization;

namespace GeminiBatch;

/// <summary>Keeps a run below its cap: nothing is sent for which there is no room.</summary>
internal sealed class CostCap(RunContext context)
{
    private readonly CostEstimate _estimate = context.Estimate();

    /// <summary>Refuses the run before its first remote call when the bill so far, what is held back and the estimate of the rest pass the cap.</summary>
    public void RequireRoomFor(IEnumerable<PackedShard> preview, RunRecord run)
    {
        if (run.MaxCost is not { } stored)
        {
            return;
        }

        var (rows, _, cost) = _estimate.Rest(preview, run);
        if (rows == 0)
        {
            return;
        }

        if (cost is not { } rest)
        {
            throw UnknownPrice();
        }

        var cap = Money.ToDollars(stored);
        var committed = Money.ToDollars(run.Spent + run.Reserved);
        if (committed + rest > cap)
        {
            throw new RunRefusedException(
                context.RunName,
                RunRefusal.CostCap,
                string.Create(CultureInfo.InvariantCulture, $"The run '{context.RunName}' may cost ${cap:0.00##} and is estimated at ${committed + rest:0.00##}: ${committed:0.00##} spent or held back, ${rest:0.00##} for {rows} rows ({_estimate.Basis(run)}). Raise {nameof(ExtractionRequest.MaxCost)}, or send fewer documents."))
            {
                Rows = rows,
                EstimatedCost = rest,
            };
        }
    }

    /// <summary>Refuses when the bill has passed the cap already.</summary>
    public void RequireRoomFor(RunRecord run)
    {
        if (run.MaxCost is { } cap && run.Spent + run.Reserved > cap)
        {
            throw Reached(run, 0, 0);
        }
    }

    /// <summary>The amount to hold back for a shard whose job exists already, room or not; 0 when its price is unknown.</summary>
    public long Amount(ShardRecord shard, long inputTokens, RunRecord run) => Money.FromDollars(_estimate.Of(shard.Model, shard.Rows, inputTokens, run, _estimate.MostOutputPerRow(run)) ?? 0m);

    /// <summary>The amount to hold back for a shard, or <see langword="null"/> when there is no room for it beside what is held back already.</summary>
    public long? Reservation(ShardRecord shard, long inputTokens, RunRecord run)
    {
        var estimate = _estimate.Of(shard.Model, shard.Rows, inputTokens, run, _estimate.MostOutputPerRow(run));
        if (run.MaxCost is not { } cap)
        {
            return Money.FromDollars(estimate ?? 0m);
        }

        var amount = Money.FromDollars(estimate ?? throw UnknownPrice());
        return run.Spent + run.Reserved - shard.Reserved + amount > cap ? null : amount;
    }

    public RunRefusedException Reached(RunRecord run, long rows, decimal? rest) => new(
        context.RunName,
        RunRefusal.CostCap,
        string.Create(CultureInfo.InvariantCulture, $"The run '{context.RunName}' stops at its cap of ${Money.ToDollars(run.MaxCost ?? 0):0.00##}: ${Money.ToDollars(run.Spent):0.00##} is spent, ${Money.ToDollars(run.Reserved):0.00##} held back, and the next shard does not fit. What was answered is kept; raise {nameof(ExtractionRequest.MaxCost)} to go on."))
    {
        Rows = rows,
        EstimatedCost = rest,
    };

    private RunRefusedException UnknownPrice() => new(
        context.RunName,
        RunRefusal.UnknownPrice,
        string.Create(CultureInfo.InvariantCulture, $"The run '{context.RunName}' has a cap, and the catalogue of {context.Catalogue.AsOf:yyyy-MM-dd} has no price for one of its models. Leave {nameof(ExtractionRequest.MaxCost)} out, or add the price to a catalogue of your own."));
}
