using System.Globalization;

namespace GeminiBatch;

/// <summary>What the sections of one document say together.</summary>
internal sealed record SectionedAnswer
{
    /// <summary>The results of the sections, in page order.</summary>
    public required IReadOnlyList<ExtractionResult> Parts { get; init; }

    /// <summary>The joined answer as canonical JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Json { get; private init; }

    /// <summary>Why there is none.</summary>
    public ExtractionFailure? Failure { get; private init; }

    /// <summary>What is worth knowing of the joining.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    public IReadOnlyList<DocumentSection> Sections => [.. Parts.SelectMany(static part => part.Sections)];

    public IReadOnlyList<AnswerRepair> Repairs => [.. Parts.SelectMany(static part => part.Repairs)];

    public string DocumentId => Parts[0].Sections[0].DocumentId;

    public GeminiUsage? Usage => Parts.Select(static part => part.Usage).Aggregate(static (sum, usage) => (sum, usage) switch
    {
        (null, _) => usage,
        (_, null) => sum,
        _ => sum + usage,
    });

    public decimal? Cost => Parts.All(static part => part.Cost is not null) ? Parts.Sum(static part => part.Cost) : null;

    public static SectionedAnswer Of(IReadOnlyList<ExtractionResult> parts, SectionMerge rule, SchemaDescriptor schema)
    {
        var answer = new SectionedAnswer { Parts = parts, Notes = [.. parts.SelectMany(static part => part.Notes).Distinct(StringComparer.Ordinal)] };
        var failed = parts.FirstOrDefault(static part => !part.Succeeded);
        if (rule == SectionMerge.First)
        {
            return parts.FirstOrDefault(static part => part.Succeeded) is { } first ? answer with { Json = first.CanonicalJson } : answer with { Failure = Of(failed!) };
        }

        if (failed is not null)
        {
            return answer with { Failure = Of(failed) };
        }

        var (json, differences) = SectionCombination.Combine(schema, [.. parts.Select(static part => part.CanonicalJson)]);
        return answer with
        {
            Json = json,
            Notes = differences.Count == 0 ? answer.Notes : [.. answer.Notes, $"The sections differ in {string.Join(", ", differences)}: the first that says something was taken."],
        };
    }

    /// <summary>The failure of an answer whose sections fit the schema each, and joined do not.</summary>
    public static ExtractionFailure Misfit(IReadOnlyList<AnswerError> errors) => new(
        RowReasons.SchemaMisfit,
        errors.Count == 0 ? "The sections fit the schema, joined they do not." : $"The sections fit the schema, joined they do not: {errors[0].Path}: {errors[0].Message}",
        $"Widen the constraint, or take the sections one by one: ExtractionRequest.Sections = SectionMerge.{nameof(SectionMerge.Separate)}.")
    { Errors = errors };

    private static ExtractionFailure Of(ExtractionResult part)
    {
        var (failure, section) = (part.Failure!, part.Sections[0]);
        return failure with { Message = string.Create(CultureInfo.InvariantCulture, $"Section {section.Number} of {section.Count} (pages {section.FirstPage} to {section.LastPage}): {failure.Message}") };
    }
}
