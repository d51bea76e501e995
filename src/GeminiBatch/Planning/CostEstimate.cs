namespace GeminiBatch;

/// <summary>Estimates in US dollars from the catalogue. Labelled as estimates wherever they are shown.</summary>
internal sealed class CostEstimate(GeminiCatalogue catalogue, TimeProvider time)
{
    /// <summary>What the run's own answers took on average, once there are some.</summary>
    public static long OutputPerRow(RunRecord run) => run.AnsweredRows > 0 ? Math.Max(1, run.Usage.OutputTokens / run.AnsweredRows) : TokenEstimate.OutputPerRow;

    /// <summary>US dollars of rows of one model, or <see langword="null"/> when the catalogue has no price.</summary>
    public decimal? Of(string model, long rows, long inputTokens, RunRecord run) => catalogue.EstimateCost(
        model, inputTokens, rows * OutputPerRow(run), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), batch: true, rows: Math.Max(1, rows));

    /// <summary>The estimate of everything that is still to be sent.</summary>
    public (long Rows, long InputTokens, decimal? Cost) Rest(IEnumerable<PackedShard> preview, RunRecord run)
    {
        var (rows, tokens, cost) = (0L, 0L, (decimal?)0m);
        foreach (var shard in preview)
        {
            rows += shard.Rows;
            tokens += shard.Tokens;
            cost += Of(shard.Model, shard.Rows, shard.Tokens, run);
        }

        return (rows, tokens, cost);
    }
}
