using System.Text;

namespace GeminiBatch;

/// <summary>Decides on a result row, once: what it says, and whether its answer fits the schema.</summary>
internal sealed class OutcomeReader(RunContext context)
{
    /// <summary>Raised when the same raw row may be decided otherwise than before; kept with each chunk.</summary>
    public const int ParserVersion = 1;

    private const int PermissionDenied = 7;

    public static AnswerReading Parse(ExtractionSchema schema, ResultRow row, ParseOptions? options) => schema.Read(Encoding.UTF8.GetBytes(row.AnswerText), options);

    public static bool CouldSearch(RecipeEntry recipe) => recipe.Recipe.Tools.Any(static tool => tool.IsGoogleSearch);

    /// <param name="row">The result row.</param>
    /// <param name="id">The row that it answers.</param>
    /// <param name="tokens">The local estimate of its document's tokens.</param>
    /// <param name="recipe">What was asked.</param>
    /// <param name="run">What the run requires of an answer.</param>
    public CollectedRow Decide(ResultRow row, long id, long tokens, RecipeEntry recipe, RunRecord run)
    {
        var usage = row.Usage;
        var searches = row.Grounding?.Queries.Count ?? 0;
        var searchCost = searches == 0 ? 0m : context.Catalogue.Search.CostOf(searches, context.Backend.Identity.Kind);
        var collected = new CollectedRow
        {
            Row = id,
            Model = recipe.Recipe.Model,
            ModelVersion = row.ModelVersion,
            Usage = usage,
            ErrorCode = row.ErrorCode,
            EstimatedTokens = tokens + recipe.Tokens,
            Searches = searches,
            SearchCost = searchCost,
            Cost = usage is null ? (row.Outcome.IsAnswer ? null : searchCost) : searchCost + context.Catalogue.CostOf(recipe.Recipe.Model, usage, DateOnly.FromDateTime(context.Now.UtcDateTime)),
            IsOtherModel = row.ModelVersion is { Length: > 0 } answered && !GeminiCatalogue.IsSameModel(recipe.Recipe.Model, answered),
            IsUngrounded = row.Grounding is not { IsGrounded: true },
            CouldSearch = CouldSearch(recipe),
            IsOtherMetadata = row.Metadata is { } metadata && context.Ledger.Read(connection => RowMetadata.IsOther(connection, id, metadata)),
        };
        if (!row.Outcome.IsAnswer)
        {
            // What a row names may have expired before the job read it: it is uploaded again, once.
            return collected with { Reason = row.Outcome.Code, Advice = row.ErrorCode == PermissionDenied ? RetryAdvice.RetryOnce : row.Outcome.Retry };
        }

        if (run.RequiresModel && collected.IsOtherModel)
        {
            return collected with { Reason = RowReasons.OtherModel, Advice = RetryAdvice.Never };
        }

        if (run.RequiresGrounding && collected.IsUngrounded)
        {
            return collected with { Reason = RowReasons.Ungrounded, Advice = RetryAdvice.Never };
        }

        var reading = Parse(recipe.Reader, row, context.Parsing);
        return reading.Succeeded
            ? collected with { Succeeded = true, Repairs = reading.Repairs }
            : collected with { Reason = RowReasons.SchemaMisfit, Advice = RetryAdvice.RetryOnce };
    }
}
