using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch;

/// <summary>How one document of a run ended.</summary>
public class ExtractionResult
{
    private ReadOnlyMemory<byte>? _canonicalJson;

    /// <summary>A result to be filled in, for tests of code that takes one.</summary>
    public ExtractionResult()
    {
    }

    /// <summary>All that does not depend on how the answer is read.</summary>
    [SetsRequiredMembers]
    internal ExtractionResult(ExtractionResult told) =>
        (DocumentId, Key, Usage, ModelVersion, Grounding, IsCached, Cost, Notes, Metadata, Attempts, RawAnswer, Sections) =
        (told.DocumentId, told.Key, told.Usage, told.ModelVersion, told.Grounding, told.IsCached, told.Cost, told.Notes, told.Metadata, told.Attempts, told.RawAnswer, told.Sections);

    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The row's key: 26 base32 characters. Documents of equal content share it.</summary>
    public required string Key { get; init; }

    /// <summary>Whether there is an answer that fits the schema.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    /// <summary>The answer as strict JSON with the schema's names, UTF-8. Of a failed document: what could be read, possibly nothing.</summary>
    public ReadOnlyMemory<byte> CanonicalJson
    {
        get => CanonicalSource is { } read ? _canonicalJson ??= read() : _canonicalJson ?? default;
        init => _canonicalJson = value;
    }

    /// <summary>Why there is no value; <see langword="null"/> when there is one.</summary>
    public ExtractionFailure? Failure { get; init; }

    /// <summary>What had to be repaired or coerced to read the answer.</summary>
    public IReadOnlyList<AnswerRepair> Repairs { get; init; } = [];

    /// <summary>The tokens of the last attempt; <see langword="null"/> when the backend reported none.</summary>
    public GeminiUsage? Usage { get; init; }

    /// <summary>What the answer rests on, of a row whose model searched; <see langword="null"/> otherwise.</summary>
    public GeminiGrounding? Grounding { get; init; }

    /// <summary>Whether another run of the ledger had asked the same, so that its answer was taken and nothing was sent or paid.</summary>
    public bool IsCached { get; init; }

    /// <summary>US dollars of the last attempt by the catalogue's prices, search included; 0 for a cached answer, <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The model that answered, as it names itself.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>What is worth knowing besides, for example that another model answered than was asked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The document's metadata.</summary>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; init; } = new Dictionary<string, MetadataValue>(0);

    /// <summary>
    /// The sections that this is the result of: none for a document that was sent whole, one with <see cref="SectionMerge.Separate"/>, otherwise all of the document.
    /// </summary>
    public IReadOnlyList<DocumentSection> Sections { get; init; } = [];

    /// <summary>How often the row was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The model's text as it came; <see langword="null"/> when there was none, and for a document put together of sections.</summary>
    public string? RawAnswer { get; init; }

    /// <summary>Reads <see cref="CanonicalJson"/> when it is asked for: a typed result rarely needs it.</summary>
    internal Func<ReadOnlyMemory<byte>>? CanonicalSource { get; init; }

    /// <summary>The metadata as a record, or <see langword="default"/> when a required value is missing or of another kind.</summary>
    /// <typeparam name="TMetadata">A type with <see cref="BatchMetadataAttribute"/>.</typeparam>
    public TMetadata? MetadataAs<TMetadata>()
        where TMetadata : IBatchMetadata<TMetadata> =>
        TMetadata.TryRead(Metadata, out var value, out _) ? value : default;
}
