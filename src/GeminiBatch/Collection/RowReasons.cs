namespace GeminiBatch;

/// <summary>Reasons that the pipeline itself finds, beside those of <see cref="RowOutcome"/>. Stable names: they are stored and shown.</summary>
internal static class RowReasons
{
    /// <summary>The row carries an error of the backend; the client's name for it.</summary>
    public const string RowError = "row_error";

    /// <summary>There is an answer, and it has no grounding metadata although that was required.</summary>
    public const string Ungrounded = "ungrounded";

    /// <summary>There is an answer, and it is another model's although that asked for was required.</summary>
    public const string OtherModel = "other_model";

    /// <summary>The backend refused one of the document's media.</summary>
    public const string ContentRefused = "content_refused";

    /// <summary>There is an answer, and it does not fit the schema.</summary>
    public const string SchemaMisfit = "schema_misfit";

    /// <summary>The job ended without this row among its results.</summary>
    public const string MissingRow = "missing_row";

    /// <summary>The job was refused at creation for its content.</summary>
    public const string JobRefused = "job_refused";

    /// <summary>The job failed as a whole.</summary>
    public const string JobFailed = "job_failed";

    /// <summary>The job ran out of its time.</summary>
    public const string JobExpired = "job_expired";

    /// <summary>The job was cancelled.</summary>
    public const string JobCancelled = "job_cancelled";

    /// <summary>The backend no longer knows the job.</summary>
    public const string JobMissing = "job_missing";

    /// <summary>The job succeeded, and its result file is gone.</summary>
    public const string ResultsExpired = "results_expired";
}
