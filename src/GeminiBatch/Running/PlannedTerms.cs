using System.Globalization;

namespace GeminiBatch;

/// <summary>What a handle's plan said at most: by these a user agrees to the cost. Another program that plans or bounds the run afterwards may not raise them unseen.</summary>
internal sealed record PlannedTerms(long Recipe, long Items, long Rows, long? MaxCost, int MaxAttempts, bool HasSearchConsent, long FreeSearches)
{
    public static PlannedTerms Of(RunRecord run) => new(run.Recipe, run.Items, run.Rows, run.MaxCost, run.MaxAttempts, run.HasSearchConsent, run.FreeSearches);

    /// <summary>The same after the handle has changed the bounds itself.</summary>
    public PlannedTerms With(RunBounds bounds) => this with
    {
        MaxCost = Money.FromDollars(bounds.MaxCost) ?? MaxCost,
        MaxAttempts = bounds.MaxAttempts ?? MaxAttempts,
        HasSearchConsent = bounds.AllowSearchCost ?? HasSearchConsent,
    };

    /// <exception cref="RunRefusedException">Thrown when more could be sent or spent than was planned.</exception>
    public void Require(RunRecord run)
    {
        if (Raised(run) is { } raised)
        {
            throw new RunRefusedException(
                run.Name,
                RunRefusal.PlanChanged,
                $"Another program has changed the run '{run.Name}' since it was planned here: {raised}. Nothing more was sent. Plan it again to see what would be sent now, or open it again with its documents and bounds.");
        }
    }

    private string? Raised(RunRecord run)
    {
        if (run.Recipe != Recipe)
        {
            return "it has another recipe";
        }

        if (run.Rows > Rows || run.Items > Items)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it has {run.Items} documents in {run.Rows} rows, where {Items} in {Rows} were planned");
        }

        if (MaxCost is { } cap && (run.MaxCost is null || run.MaxCost > cap))
        {
            return string.Create(CultureInfo.InvariantCulture, $"its cap is {(run.MaxCost is { } now ? $"${Money.ToDollars(now):0.00##}" : "gone")}, where it was ${Money.ToDollars(cap):0.00##}");
        }

        if (run.MaxAttempts > MaxAttempts)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its rows are sent up to {run.MaxAttempts} times, where it was {MaxAttempts}");
        }

        return (run.HasSearchConsent && !HasSearchConsent) || run.FreeSearches > FreeSearches ? "its searches with Google may cost more" : null;
    }
}
