namespace GeminiBatch;

/// <summary>The one place that knows the extraction type: its schema, and how a run of it is opened.</summary>
internal sealed record ExtractionTarget(
    ExtractionSchema Schema,
    Func<BatchExtractor, string, IAsyncEnumerable<BatchDocument>, ExtractionRequest, CancellationToken, ValueTask<ExtractionRun>> OpenAsync)
{
    public static ExtractionTarget Of<T>()
        where T : IExtractable<T> =>
        new(
            ExtractionSchema.Of<T>(),
            static async (extractor, run, documents, request, cancellationToken) =>
                await extractor.OpenAsync<T>(run, documents, request, cancellationToken));
}
