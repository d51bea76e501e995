using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch;

/// <summary>What is known of models, prices, dates and limits: dated data that ships with the library and can be overridden (protocol: 8, 9.2).</summary>
public sealed class GeminiCatalogue
{
    private const decimal TokensPerPrice = 1_000_000m;

    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789-");

    private static readonly Lazy<GeminiCatalogue> Shipped = new(() => CatalogueReading.Read(ShippedDocument()));

    private readonly Dictionary<string, GeminiModelFacts> _byId;
    private readonly IReadOnlyList<RetiredFamily> _retiredFamilies;
    private readonly Dictionary<string, GeminiBackendFacts> _backends;

    internal GeminiCatalogue(DateOnly asOf, IReadOnlyList<GeminiModelFacts> models, IReadOnlyList<RetiredFamily> retiredFamilies, Dictionary<string, GeminiBackendFacts> backends, GeminiSearchFacts search)
    {
        AsOf = asOf;
        Models = models;
        _byId = models.ToDictionary(model => model.Id, StringComparer.Ordinal);
        _retiredFamilies = retiredFamilies;
        _backends = backends;
        Search = search;
    }

    /// <summary>The catalogue that ships with the library.</summary>
    public static GeminiCatalogue Default => Shipped.Value;

    /// <summary>The day whose knowledge this is.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What grounding with Google Search costs.</summary>
    public GeminiSearchFacts Search { get; }

    /// <summary>All models, retired ones included.</summary>
    public IReadOnlyList<GeminiModelFacts> Models { get; }

    /// <summary>
    /// The shipped catalogue with changes laid over it: a JSON document of the same form that holds only what differs. Objects are merged member by member,
    /// models are found by <c>id</c>, all other arrays are replaced, and an unknown model is added (it needs <c>id</c>, <c>kind</c> and <c>status</c>).
    /// </summary>
    /// <param name="overrides">The changes as UTF-8 JSON; read from its current position, not disposed.</param>
    /// <exception cref="FormatException">The document is no catalogue; the message says where.</exception>
    public static GeminiCatalogue Load(Stream overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        try
        {
            JsonObject merged = ShippedDocument();
            if (JsonNode.Parse(overrides) is not JsonObject changes)
            {
                throw new FormatException("A catalogue of changes is a JSON object, such as {\"models\":[{\"id\":\"…\",\"prices\":[…]}]}.");
            }

            CatalogueMerge.Apply(merged, changes);
            return CatalogueReading.Read(merged);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The catalogue of changes is no valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Facts of a model, or null when it is not known.</summary>
    /// <param name="model">Its id, with or without <c>models/</c> or <c>publishers/google/models/</c>.</param>
    public GeminiModelFacts? Find(string model)
    {
        string id = BareId(model);
        if (_byId.TryGetValue(id, out GeminiModelFacts? facts))
        {
            return facts;
        }

        RetiredFamily? family = _retiredFamilies.FirstOrDefault(family => id.StartsWith(family.Prefix, StringComparison.Ordinal));
        return family is null ? null : new GeminiModelFacts
        {
            Id = id,
            Kind = GeminiModelKind.Text,
            Status = GeminiModelStatus.Retired,
            Retires = family.Retired,
            Successor = family.Successor,
        };
    }

    /// <summary>Facts of a backend.</summary>
    /// <param name="kind"><c>developer</c> or <c>vertex</c>.</param>
    /// <exception cref="ArgumentException">There is no such backend.</exception>
    public GeminiBackendFacts Backend(string kind) => _backends.TryGetValue(kind, out GeminiBackendFacts? facts)
        ? facts
        : throw new ArgumentException($"There is no backend '{kind}': there are {string.Join(" and ", _backends.Keys.Order(StringComparer.Ordinal))}.", nameof(kind));

    /// <summary>
    /// Cost in US dollars, or null when a price is not known. From its day of retirement on, a model that is answered by another costs what that one costs.
    /// Discounts for cached tokens are not counted, so the true cost may be lower.
    /// </summary>
    /// <param name="model">The model's id.</param>
    /// <param name="inputTokens">Input tokens of all rows together.</param>
    /// <param name="outputTokens">Output and thinking tokens of all rows together.</param>
    /// <param name="date">The day, in UTC: prices change by date.</param>
    /// <param name="batch">Whether batch prices apply.</param>
    /// <param name="rows">Number of rows: the price of long prompts is chosen by the average prompt. 1 for a single row.</param>
    public decimal? EstimateCost(string model, long inputTokens, long outputTokens, DateOnly date, bool batch = true, long rows = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        GeminiModelFacts? facts = Find(model);
        if (facts is { RoutedTo: { } other } && (facts.Retires is null || facts.Retires <= date))
        {
            facts = Find(other);
        }

        GeminiPrice? price = facts?.PriceOn(date, inputTokens / Math.Max(rows, 1));
        decimal? input = batch ? price?.BatchInput : price?.Input;
        decimal? output = batch ? price?.BatchOutput : price?.Output;
        return ((inputTokens * input) + (outputTokens * output)) / TokensPerPrice;
    }

    /// <summary>Cost of one answered row in US dollars, or null when a price is not known.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="usage">The row's tokens.</param>
    /// <param name="date">The day, in UTC.</param>
    /// <param name="batch">Whether batch prices apply.</param>
    public decimal? CostOf(string model, GeminiUsage usage, DateOnly date, bool batch = true)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return EstimateCost(model, usage.InputTokens, usage.OutputTokens, date, batch);
    }

    /// <summary>Whether an answer's <see cref="ResultRow.ModelVersion"/> is the model that was asked for, a version of it included (protocol: 10, no. 41).</summary>
    /// <param name="asked">The model asked for.</param>
    /// <param name="answered">The model that answered, such as <c>gemini-2.5-flash-001</c> or <c>models/gemini-2.5-pro</c>.</param>
    public static bool IsSameModel(string asked, string answered)
    {
        string wanted = BareId(asked);
        string given = BareId(answered);
        if (string.Equals(wanted, given, StringComparison.Ordinal))
        {
            return true;
        }

        return given.StartsWith(wanted + "-", StringComparison.Ordinal)
            && given.AsSpan(wanted.Length + 1).IndexOfAnyExcept(VersionCharacters) < 0;
    }

    private static string BareId(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        string id = model[(model.LastIndexOf('/') + 1)..].Trim();
        int version = id.IndexOf('@', StringComparison.Ordinal);
        return version < 0 ? id : id[..version];
    }

    private static JsonObject ShippedDocument()
    {
        using Stream stream = typeof(GeminiCatalogue).Assembly.GetManifestResourceStream("catalogue.json")
            ?? throw new InvalidOperationException("The library lacks its catalogue.json: it was built wrongly.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
