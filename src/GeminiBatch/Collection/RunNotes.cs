using System.Globalization;

namespace GeminiBatch;

/// <summary>Counts worth a sentence in a run's summary, by their stored names.</summary>
internal static class RunNotes
{
    public const string OtherModel = "other_model";
    public const string Ungrounded = "ungrounded";
    public const string OtherMetadata = "other_metadata";
    public const string LostJobs = "lost_jobs";
    public const string SlowJobs = "slow_jobs";
    public const string Overruns = "overruns";
    public const string UnknownKeys = "unknown_keys";
    public const string DuplicateKeys = "duplicate_keys";
    public const string MissingKeys = "missing_keys";

    public static string Describe(string name, long count)
    {
        var number = count.ToString(CultureInfo.InvariantCulture);
        return name switch
        {
            OtherModel => $"Answers from another model than was asked for: {number}. See each result's ModelVersion and Notes.",
            Ungrounded => $"Answers that could rest on a search and show none: {number}. Say in the prompt that current pages have to be searched; RequireGrounding fails such answers.",
            OtherMetadata => $"Answers with other metadata than was sent with their rows: {number}. The ledger's is given, and the backend may have mixed rows up.",
            LostJobs => $"Creations of a job that had no answer, and whose job was not found: {number}. Should one have been made after all, it was answered besides and may be on the bill.",
            SlowJobs => $"Jobs that had not ended after the time that the backend aims for: {number}.",
            Overruns => $"Batch files that cost more than was held back for them: {number}. Their answers were longer than estimated.",
            UnknownKeys => $"Result rows with a key that is not the job's: {number}. They are kept and belong to no document.",
            DuplicateKeys => $"Result rows that repeated a key that was answered already: {number}. The first answer counts.",
            MissingKeys => $"Rows missing from their job's results: {number}.",
            _ => $"{name}: {number}",
        };
    }
}
