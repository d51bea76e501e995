using System.Text;

namespace GeminiBatch;

/// <summary>Decides on a result row, once: what it says, and whether its answer fits the schema.</summary>
internal sealed class OutcomeReader(RunContext context)
{
    /// <summary>Raised when the same raw row may be decided otherwise than before; kept with each chunk.</summary>
    public const int ParserVersion = 1;

    public static AnswerReading Parse(ExtractionSchema schema, ResultRow row, ParseOptions? options) => schema.Read(Encoding.UTF8.GetBytes(row.AnswerText), options);

    public CollectedRow Decide(ResultRow row, long id, RecipeEntry recipe)
    {
        var usage = row.Usage;
        var collected = new CollectedRow
        {
            Row = id,
            Usage = usage,
            Cost = usage is null ? 0m : context.Catalogue.CostOf(recipe.Recipe.Model, usage, DateOnly.FromDateTime(context.Now.UtcDateTime)),
            IsOtherModel = row.ModelVersion is { Length: > 0 } answered && !GeminiCatalogue.IsSameModel(recipe.Recipe.Model, answered),
        };
        if (!row.Outcome.IsAnswer)
        {
            return collected with { Reason = row.Outcome.Code, Advice = row.Outcome.Retry };
        }

        var reading = Parse(recipe.Reader, row, context.Parsing);
        return reading.Succeeded
            ? collected with { Succeeded = true, Repairs = reading.Repairs }
            : collected with { Reason = RowReasons.SchemaMisfit, Advice = RetryAdvice.RetryOnce };
    }
}
