using System.Globalization;

namespace GeminiBatch;

/// <summary>What a failed document's reason means and what to do about it.</summary>
internal static class FailureText
{
    private const string RetryLater = "Give failed rows their attempts again with RetryFailedAsync and complete the run.";

    public static ExtractionFailure Of(StoredOutcome outcome, ResultRow? row, IReadOnlyList<AnswerError> errors)
    {
        var (message, advice) = outcome.Reason switch
        {
            RowReasons.SchemaMisfit => (Misfit(errors), "Look at the raw answer; make the description of the field clearer, make the field nullable, or use a stronger model."),
            RowReasons.MissingRow => ("The job ended without a result for this row.", RetryLater),
            RowReasons.Ungrounded => ("The answer shows no search and no source, and grounding was required.", "Say in the prompt that current pages have to be searched; a configured tool alone does not make the model search. " + RetryLater),
            RowReasons.OtherModel => ($"The answer is of '{row?.ModelVersion}', and the model asked for was required.", "Ask for the model that answers, or set RequireModel to false; 'verify' tells which models the backend runs batches of. " + RetryLater),
            RowReasons.ContentRefused => (outcome.Error ?? "The backend refused one of the document's media.", "Convert the medium to a type that the backend reads, or leave it out; then plan the run again."),
            RowReasons.JobRefused => ($"The backend refused the batch file: {outcome.Error}", "Put right what it names; then give failed rows their attempts again with RetryFailedAsync."),
            RowReasons.JobFailed => ($"The job failed as a whole: {outcome.Error ?? "the backend gave no reason"}", RetryLater),
            RowReasons.JobExpired => ("The job ran out of its time at the backend before this row was answered.", RetryLater),
            RowReasons.JobCancelled => ("The job was cancelled at the backend before this row was answered.", RetryLater),
            RowReasons.JobMissing => (outcome.Error ?? "The backend no longer knows the job.", "Check that the account is the one that created it. It may have been answered and billed: if it is to be paid for again, use RetryFailedAsync(payAgain: true)."),
            RowReasons.ResultsExpired => (outcome.Error ?? "The job's result file has expired.", "Asking again costs again: if that is wanted, give failed rows their attempts again with RetryFailedAsync(payAgain: true)."),
            _ when row is not null => (Describe(row), row.Outcome.Advice.Length > 0 ? row.Outcome.Advice : RetryLater),
            _ when outcome is { Attempts: 0, Error: { } why } => (why, "Mend or replace the file or its address, then plan the run again: giving it its attempts again does not help."),
            var reason => ($"The row ended as {reason}.", RetryLater),
        };
        return new(outcome.Reason ?? "unknown", outcome.Attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $"{message} (attempt {outcome.Attempts})") : message, advice) { Errors = errors };
    }

    private static string Misfit(IReadOnlyList<AnswerError> errors) => errors.Count switch
    {
        0 => "The answer did not fit the schema when it was collected.",
        1 => $"The answer does not fit the schema: {errors[0].Path}: {errors[0].Message}",
        _ => string.Create(CultureInfo.InvariantCulture, $"The answer does not fit the schema in {errors.Count} places, first {errors[0].Path}: {errors[0].Message}"),
    };

    private static string Describe(ResultRow row)
    {
        var code = row.ErrorCode is { } number ? string.Create(CultureInfo.InvariantCulture, $" (code {number})") : "";
        var finish = row.FinishReasonText is { Length: > 0 } reason ? $", finish reason {reason}" : "";
        return row.ErrorMessage is { Length: > 0 } message
            ? $"The backend answered {row.Outcome.Code}{code}{finish}: {message}"
            : $"The backend answered {row.Outcome.Code}{code}{finish}.";
    }
}
