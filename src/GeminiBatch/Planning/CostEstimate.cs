using System.Globalization;

namespace GeminiBatch;

/// <summary>Estimates in US dollars from the catalogue. Labelled as estimates wherever they are shown.</summary>
internal sealed class CostEstimate(GeminiCatalogue catalogue, TimeProvider time, Recipe recipe, string backend)
{
    private const decimal TokensPerPrice = 1_000_000m;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private bool Searches => recipe.Tools.Any(static tool => tool.IsGoogleSearch);

    /// <summary>What the run's own answers took on average, once there are some; before, an assumption, and what thinking is allowed besides.</summary>
    public long OutputPerRow(RunRecord run) => run.AnsweredRows > 0
        ? Math.Max(1, run.Usage.OutputTokens / run.AnsweredRows)
        : TokenEstimate.OutputPerRow + ThinkingPerRow(run);

    /// <summary>The most that a row may write, where the recipe bounds it.</summary>
    public long MostOutputPerRow(RunRecord run) => recipe.Settings?.MaxOutputTokens is { } most && run.AnsweredRows == 0 ? Math.Max(most, OutputPerRow(run)) : recipe.Settings?.MaxOutputTokens ?? OutputPerRow(run);

    public long ThinkingPerRow(RunRecord run) => run.AnsweredRows > 0
        ? run.Usage.ThoughtsTokens / run.AnsweredRows
        : Math.Max(0, recipe.Settings?.Thinking?.Budget ?? 0);

    /// <summary>Search queries of rows: as the run's own answers show, or the catalogue's mean.</summary>
    public decimal Queries(long rows, RunRecord run) => !Searches ? 0 : rows * (run.AnsweredRows > 0 ? (decimal)run.Searches / run.AnsweredRows : catalogue.Search.QueriesPerRow);

    /// <summary>The local count of input tokens, corrected by what the backend counted of some of them.</summary>
    public static long Calibrated(long inputTokens, RunRecord run) =>
        run.SampledEstimate > 0 ? (long)((decimal)inputTokens * run.SampledTokens / run.SampledEstimate) : inputTokens;

    /// <summary>US dollars of rows of one model, or <see langword="null"/> when the catalogue has no price.</summary>
    public decimal? Of(string model, long rows, long inputTokens, RunRecord run, long? outputPerRow = null) => catalogue.EstimateCost(
        model, Calibrated(inputTokens, run), rows * (outputPerRow ?? OutputPerRow(run)), Today, batch: true, rows: Math.Max(1, rows)) + SearchCost(rows, run);

    public decimal SearchCost(long rows, RunRecord run) => Searches ? catalogue.Search.CostOf(Queries(rows, run), backend, run.FreeSearches) : 0m;

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

        return (rows, Calibrated(tokens, run), cost);
    }

    /// <summary>The same by what it is paid for.</summary>
    public RunCost Parts(IEnumerable<PackedShard> preview, RunRecord run)
    {
        var (input, output, thinking, rows) = ((decimal?)0m, (decimal?)0m, (decimal?)0m, 0L);
        foreach (var shard in preview)
        {
            rows += shard.Rows;
            var price = catalogue.Find(shard.Model)?.PriceOn(Today, Calibrated(shard.Tokens, run) / Math.Max(1, shard.Rows));
            input += Calibrated(shard.Tokens, run) * price?.BatchInput / TokensPerPrice;
            output += shard.Rows * (OutputPerRow(run) - ThinkingPerRow(run)) * price?.BatchOutput / TokensPerPrice;
            thinking += shard.Rows * ThinkingPerRow(run) * price?.BatchOutput / TokensPerPrice;
        }

        return new() { Input = input, CachedInput = 0m, Output = output, Thinking = thinking, Search = SearchCost(rows, run) };
    }

    /// <summary>What the estimate rests on, in a sentence.</summary>
    public string Basis(RunRecord run)
    {
        var input = run switch
        {
            { SampledRows: > 0, AnsweredRows: > 0 } => string.Create(CultureInfo.InvariantCulture, $"input tokens estimated locally and corrected by the backend's count of {run.SampledRows} rows"),
            { SampledRows: > 0 } => string.Create(CultureInfo.InvariantCulture, $"input tokens estimated locally and corrected by countTokens over {run.SampledRows} rows"),
            _ => "four bytes a token, 258 tokens for each page of a PDF (10 kB where pages are not counted) and each 100 kB of other media",
        };
        var output = run.AnsweredRows > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{OutputPerRow(run)} output tokens a row as in the run's own answers")
            : "1,024 output tokens a row, and the thinking budget where one is set, until the run has answers of its own";
        var search = Searches ? string.Create(CultureInfo.InvariantCulture, $", {Queries(1, run):0.##} searches a row") : "";
        return string.Create(CultureInfo.InvariantCulture, $"an estimate: {input}, {output}{search}; prices of {catalogue.AsOf:yyyy-MM-dd}");
    }
}
