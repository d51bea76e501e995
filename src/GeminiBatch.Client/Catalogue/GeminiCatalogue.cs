namespace GeminiBatch;

/// <summary>What is known of models, prices, dates and limits, as dated data (protocol: 8, 9.2).</summary>
public sealed class GeminiCatalogue
{
    /// <summary>The catalogue that ships with the library.</summary>
    public static GeminiCatalogue Default { get; } = new();

    /// <summary>The day whose knowledge this is.</summary>
    public DateOnly AsOf { get; } = default!;

    /// <summary>All models.</summary>
    public IReadOnlyList<GeminiModelFacts> Models { get; } = default!;

    /// <summary>The shipped catalogue with changes laid over it.</summary>
    public static GeminiCatalogue Load(Stream overrides) => throw new NotImplementedException();

    /// <summary>Facts of a model, or null when it is not known. Takes an id with or without <c>models/</c>.</summary>
    public GeminiModelFacts? Find(string model) => throw new NotImplementedException();

    /// <summary>Facts of a backend.</summary>
    /// <param name="kind"><c>developer</c> or <c>vertex</c>.</param>
    public GeminiBackendFacts Backend(string kind) => throw new NotImplementedException();

    /// <summary>Cost in US dollars, or null when a price is not known. Long prompts have prices of their own, so this takes one row's tokens.</summary>
    public decimal? EstimateCost(string model, long inputTokens, long outputTokens, DateOnly date, bool batch = true, long rows = 1) => throw new NotImplementedException();
}
