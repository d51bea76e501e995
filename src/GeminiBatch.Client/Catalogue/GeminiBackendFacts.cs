namespace GeminiBatch;

/// <summary>What the catalogue says of a backend (protocol: 1.6, 3.6, 7, 9.2). Null is "no limit stated".</summary>
public sealed record GeminiBackendFacts
{
    /// <summary>The model used when none is named: the cheapest live text model that runs batches.</summary>
    public required string DefaultModel { get; init; }

    /// <summary>Most bytes of a batch file.</summary>
    public required long JobBytes { get; init; }

    /// <summary>Most bytes of any file.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Most bytes of all files of a project.</summary>
    public long? StorageBytes { get; init; }

    /// <summary>Bytes that an inline job must stay below; null where there are no inline jobs.</summary>
    public long? InlineBytes { get; init; }

    /// <summary>Most rows of a generation job.</summary>
    public int? GenerationRows { get; init; }

    /// <summary>Most rows of an embedding job.</summary>
    public int? EmbeddingRows { get; init; }

    /// <summary>Most rows of a job of a legacy embedding model.</summary>
    public int? LegacyEmbeddingRows { get; init; }

    /// <summary>Most jobs at once.</summary>
    public int? ConcurrentJobs { get; init; }

    /// <summary>How long files live; null where the user decides.</summary>
    public TimeSpan? FileLifetime { get; init; }

    /// <summary>How long a job may wait (Vertex AI) or wait and run (Developer API) before it expires.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>How long a job may run; null where <see cref="Expiry"/> covers it.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The time in which the service aims to end a job.</summary>
    public TimeSpan? Turnaround { get; init; }

    /// <summary>Most bytes of a PDF.</summary>
    public long? PdfBytes { get; init; }

    /// <summary>Most pages of a PDF.</summary>
    public int? PdfPages { get; init; }

    /// <summary>Keywords that <c>responseSchema</c> takes.</summary>
    public IReadOnlyList<string> ResponseSchemaKeywords { get; init; } = [];

    /// <summary>Keywords that <c>responseJsonSchema</c> takes.</summary>
    public IReadOnlyList<string> ResponseJsonSchemaKeywords { get; init; } = [];

    /// <summary>Sum of all <c>maxItems</c> beyond which schemas are refused, roughly.</summary>
    public int? ResponseSchemaMaxItemsSum { get; init; }

    /// <summary>Most enqueued tokens, by class of models.</summary>
    public IReadOnlyList<GeminiTokenQuota> EnqueuedTokens { get; init; } = [];

    /// <summary>The limits that shape generation jobs.</summary>
    public BackendLimits ToLimits() => new(JobBytes, GenerationRows ?? int.MaxValue, ConcurrentJobs ?? int.MaxValue, FileLifetime ?? TimeSpan.MaxValue);
}
