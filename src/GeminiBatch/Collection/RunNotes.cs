using System.Globalization;

namespace GeminiBatch;

/// <summary>Counts worth a sentence in a run's summary, by their stored names.</summary>
internal static class RunNotes
{
    public const string OtherModel = "other_model";
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
            OtherModel => $"{number} answers came from another model than was asked for: see each result's ModelVersion and Notes.",
            OtherMetadata => $"{number} answers came back with other metadata than was sent with their rows: the ledger's is given, and the backend may have mixed rows up.",
            LostJobs => $"{number} creations of a job had no answer and the job was not found: should one have been made after all, it was answered besides and may be on the bill.",
            SlowJobs => $"{number} jobs had not ended after the time that the backend aims for.",
            Overruns => $"{number} batch files cost more than was held back for them: their answers were longer than estimated.",
            UnknownKeys => $"{number} result rows had a key that is not the job's; they are kept and belong to no document.",
            DuplicateKeys => $"{number} result rows repeated a key that was answered already; the first answer counts.",
            MissingKeys => $"{number} rows were missing from their job's results.",
            _ => $"{name}: {number}",
        };
    }
}
