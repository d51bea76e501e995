namespace GeminiBatch;

/// <summary>What an <see cref="EmulatedFault"/> does to its call.</summary>
public enum EmulatedFaultKind
{
    /// <summary>Answers with <see cref="EmulatedFault.Status"/> and does nothing else.</summary>
    Refuse,

    /// <summary>Cuts the connection before anything was done.</summary>
    LoseRequest,

    /// <summary>Does what was asked and cuts the connection instead of answering.</summary>
    LoseReply,

    /// <summary>Does what was asked and answers with <see cref="EmulatedFault.Status"/> all the same.</summary>
    RefuseAfterEffect,

    /// <summary>Keeps <see cref="EmulatedFault.KeptBytes"/> of a chunk and answers 503 without an upload status; of a download, sends so many and cuts the connection.</summary>
    BreakTransfer,

    /// <summary>Waits <see cref="EmulatedFault.Delay"/> on the emulator's clock before answering.</summary>
    Delay,

    /// <summary>On <see cref="EmulatedOperation.GetBatch"/>: a succeeded job shows no output, and is not done, yet.</summary>
    WithholdOutput,

    /// <summary>On <see cref="EmulatedOperation.ListBatches"/>: jobs created since the last <see cref="EmulatedFault.Delay"/> of time are not listed yet.</summary>
    StaleList,

    /// <summary>On a list: an empty page that has a token, in front of the page asked for.</summary>
    EmptyPage,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/>: <see cref="EmulatedFault.Rows"/> result rows of this job will be missing.</summary>
    DropRows,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/>: <see cref="EmulatedFault.Rows"/> result rows of this job will come twice.</summary>
    DuplicateRows,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/>: <see cref="EmulatedFault.Rows"/> rows of this job will be errors with the gRPC code <see cref="EmulatedFault.Status"/>.</summary>
    FailRows,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/>: the job ends as BATCH_STATE_FAILED with a top-level error.</summary>
    FailJob,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/>: the job stays pending until it expires after 48 hours.</summary>
    ExpireJob,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/> of Vertex AI: the job ends as JOB_STATE_PARTIALLY_SUCCEEDED and <see cref="EmulatedFault.Rows"/> rows are missing.</summary>
    PartialSuccess,

    /// <summary>On <see cref="EmulatedOperation.CreateBatch"/> of Vertex AI: the result rows are spread over <see cref="EmulatedFault.Rows"/> files.</summary>
    SplitOutput,

    /// <summary>
    /// On <see cref="EmulatedOperation.CreateBatch"/> of Vertex AI: <see cref="EmulatedFault.Rows"/> directories of other jobs lie under the same prefix,
    /// with the same keys and other answers, and a file that holds no rows lies in the job's own.
    /// </summary>
    Neighbours,
}
