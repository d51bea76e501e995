using System.Globalization;

namespace GeminiBatch;

/// <summary>Looked at once, before anything is sent: whether all that is to be sent may be.</summary>
internal sealed class SpendingGate(RunContext context) : IRunStage
{
    private bool _isOpen;

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        if (_isOpen || run.IsCancelling)
        {
            return StageStep.Idle;
        }

        var shards = new RowPreview(context.Engine, context.RunId).Shards();
        shards.ForEach(shard => RetiredModels.Refuse(context.Engine, context.RunName, shard.Model));
        var estimate = context.Estimate();
        RequireSearchConsent(estimate, shards.Sum(static shard => shard.Rows), run);
        new CostCap(context).RequireRoomFor(shards, run);
        if (run.Rows > run.EstimatedRows)
        {
            var rest = Money.FromDollars(estimate.Rest(shards, run).Cost);
            await context.WriteAsync(
                "spend.estimate",
                connection => connection.Execute("UPDATE runs SET estimated = spent + $2, estimated_rows = rows WHERE id = $1", context.RunId, rest),
                cancellationToken).ConfigureAwait(false);
        }

        _isOpen = true;
        return StageStep.Idle;
    }

    private void RequireSearchConsent(CostEstimate estimate, long rows, RunRecord run)
    {
        var queries = estimate.Queries(rows, run);
        if (queries == 0 || run.HasSearchConsent || rows <= context.Catalogue.Search.ConsentAboveRows)
        {
            return;
        }

        throw new RunRefusedException(
            context.RunName,
            RunRefusal.SearchConsent,
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows of the run '{context.RunName}' would search with Google, estimated at {queries:0} queries and ${estimate.SearchCost(rows, run):0.00##} besides the tokens: searches are billed by query and not halved in a batch. Set {nameof(ExtractionRequest.AllowSearchCost)} to agree, or try {context.Catalogue.Search.ConsentAboveRows} rows first."))
        {
            Rows = rows,
            EstimatedCost = estimate.SearchCost(rows, run),
        };
    }
}
