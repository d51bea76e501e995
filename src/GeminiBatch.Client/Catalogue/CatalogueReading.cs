using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch;

/// <summary>Reads the catalogue's document. What is missing or misspelt is an error that names its place, never a guess.</summary>
internal static class CatalogueReading
{
    internal static GeminiCatalogue Read(JsonObject document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document.ToJsonString());
        JsonElement root = parsed.RootElement;
        if (JsonRead.Integer(root, "format") != 1)
        {
            throw new FormatException("The catalogue's format is not 1: this version of the library cannot read it.");
        }

        List<GeminiModelFacts> models = [.. Items(root, "models").Select(ModelFactsReading.Read)];
        List<RetiredFamily> families = [.. Items(root, "retiredFamilies").Select(family =>
            new RetiredFamily(Text(family, "prefix", "retiredFamilies"), Date(family, "retired", "retiredFamilies")!.Value, Text(family, "successor", "retiredFamilies")))];
        var backends = new Dictionary<string, GeminiBackendFacts>(StringComparer.Ordinal);
        foreach (JsonProperty backend in root.GetProperty("backends").EnumerateObject())
        {
            backends.Add(backend.Name, ReadBackend(backend.Value, "backends." + backend.Name));
        }

        return new GeminiCatalogue(Date(root, "asOf", "catalogue")!.Value, models, families, backends, ReadSearch(root));
    }

    internal static IEnumerable<JsonElement> Items(JsonElement element, string name) => JsonRead.Array(element, name)?.EnumerateArray() ?? default(JsonElement.ArrayEnumerator);

    internal static List<string> Texts(JsonElement element, string name) => [.. Items(element, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    internal static string Text(JsonElement element, string name, string place) =>
        JsonRead.Text(element, name) ?? throw new FormatException($"The catalogue's {place} lacks the text \"{name}\".");

    internal static DateOnly? Date(JsonElement element, string name, string place)
    {
        if (JsonRead.Text(element, name) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new FormatException($"The catalogue's {place} has \"{name}\": \"{text}\", which is no day such as 2026-12-31.");
    }

    private static GeminiBackendFacts ReadBackend(JsonElement backend, string place)
    {
        JsonElement rows = JsonRead.Object(backend, "rows") ?? default;
        return new GeminiBackendFacts
        {
            DefaultModel = Text(backend, "defaultModel", place),
            JobBytes = JsonRead.Integer(backend, "jobBytes") ?? throw new FormatException($"The catalogue's {place} lacks the number \"jobBytes\"."),
            FileBytes = JsonRead.Integer(backend, "fileBytes"),
            StorageBytes = JsonRead.Integer(backend, "storageBytes"),
            InlineBytes = JsonRead.Integer(backend, "inlineBytes"),
            GenerationRows = JsonRead.Int32(rows, "generation"),
            EmbeddingRows = JsonRead.Int32(rows, "embedding"),
            LegacyEmbeddingRows = JsonRead.Int32(rows, "legacyEmbedding"),
            ConcurrentJobs = JsonRead.Int32(backend, "concurrentJobs"),
            FileLifetime = Hours(backend, "fileLifetimeHours"),
            Expiry = Hours(backend, "expiryHours"),
            RunTime = Hours(backend, "runHours"),
            Turnaround = Hours(backend, "turnaroundHours"),
            PdfBytes = JsonRead.Integer(backend, "pdfBytes"),
            PdfPages = JsonRead.Int32(backend, "pdfPages"),
            ResponseSchemaKeywords = Texts(backend, "responseSchemaKeywords"),
            ResponseJsonSchemaKeywords = Texts(backend, "responseJsonSchemaKeywords"),
            ResponseSchemaMaxItemsSum = JsonRead.Int32(backend, "responseSchemaMaxItemsSum"),
            EnqueuedTokens = [.. Items(backend, "enqueuedTokens").Select(quota => new GeminiTokenQuota(
                Text(quota, "class", place + ".enqueuedTokens"),
                Texts(quota, "models"),
                JsonRead.Integer(quota, "tier1"),
                JsonRead.Integer(quota, "tier2"),
                JsonRead.Integer(quota, "tier3")))],
        };
    }

    private static GeminiSearchFacts ReadSearch(JsonElement root)
    {
        JsonElement search = JsonRead.Object(root, "searchGrounding") ?? throw new FormatException("The catalogue lacks the object \"searchGrounding\".");
        var billed = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (JsonProperty backend in JsonRead.Object(search, "billedPerVisible")?.EnumerateObject() ?? default)
        {
            billed.Add(backend.Name, backend.Value.GetDecimal());
        }

        return new GeminiSearchFacts(
            JsonRead.Integer(search, "freePerMonth") ?? 0, Number(search, "perThousand"), Number(search, "queriesPerRow"), JsonRead.Int32(search, "consentAboveRows") ?? 0, billed);

        static decimal Number(JsonElement search, string name) => JsonRead.Member(search, name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDecimal()
            : throw new FormatException($"The catalogue's searchGrounding lacks the number \"{name}\".");
    }

    private static TimeSpan? Hours(JsonElement element, string name) => JsonRead.Integer(element, name) is { } hours ? TimeSpan.FromHours(hours) : null;
}
