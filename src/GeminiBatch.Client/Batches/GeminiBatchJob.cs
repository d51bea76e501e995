namespace GeminiBatch;

/// <summary>A batch job as the service described it at one moment.</summary>
public sealed record GeminiBatchJob
{
    /// <summary>Full name, such as <c>batches/abc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people, by which a job is found again; empty when the service gives none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The model, such as <c>models/gemini-3.5-flash-lite</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>The state.</summary>
    public GeminiBatchState State { get; init; }

    /// <summary>The state in the service's own words; empty when it gave none.</summary>
    public string RawState { get; init; } = "";

    /// <summary>
    /// Whether nothing more will happen: succeeded with its results visible, or failed, cancelled, expired or paused. A job that
    /// succeeded may take a moment to show its results and is not terminal until then (protocol: 1.5).
    /// </summary>
    public bool IsTerminal { get; init; }

    /// <summary>The batch file that it reads, or the table; null for an inline job.</summary>
    public string? InputFile { get; init; }

    /// <summary>The file of its result rows at the Developer API, or null.</summary>
    public string? ResultsFile { get; init; }

    /// <summary>The folder of its result files on Vertex AI, such as <c>gs://bucket/out/prediction-model-…</c>; null where there is none. Nothing else tells it (protocol: 3.4).</summary>
    public string? ResultsFolder { get; init; }

    /// <summary>The table of its results, such as <c>bq://project.dataset.table</c>; null where there is none. Its rows are not read by this library.</summary>
    public string? ResultsTable { get; init; }

    /// <summary>Whether its result rows stand in the job itself.</summary>
    public bool HasInlineResults { get; init; }

    /// <summary>Whether there are result rows to read. A job that failed, expired or was cancelled may have some on Vertex AI (protocol: 3.4).</summary>
    public bool HasResults => ResultsFile is not null || ResultsFolder is not null || HasInlineResults;

    /// <summary>Number of rows, when told. Lists give stale numbers (protocol: 10, no. 6).</summary>
    public long? RequestCount { get; init; }

    /// <summary>Rows that succeeded, when told.</summary>
    public long? SucceededCount { get; init; }

    /// <summary>Rows that failed, when told.</summary>
    public long? FailedCount { get; init; }

    /// <summary>Rows not yet done, when told. No sign of progress: it may stand still while the job runs (protocol: 1.5).</summary>
    public long? PendingCount { get; init; }

    /// <summary>Why the job as a whole failed, or null.</summary>
    public GeminiStatus? Error { get; init; }

    /// <summary>Some of the errors of single rows or files, at most 20 (Vertex AI).</summary>
    public IReadOnlyList<GeminiStatus> PartialFailures { get; init; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreateTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>When the service last touched it. No sign of progress (protocol: 1.5).</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>The result rows of an inline job, as the JSON array of the wire; empty otherwise.</summary>
    internal ReadOnlyMemory<byte> InlineResults { get; init; }
}
