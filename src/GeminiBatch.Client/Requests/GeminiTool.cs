using System.Text.Json;

namespace GeminiBatch;

/// <summary>A tool that the model may use, kept as the JSON object of the wire, so that tools newer than this library work too.</summary>
/// <remarks>Gemini 2 models refuse tools together with a JSON response type (protocol: 7, tools conflict).</remarks>
public sealed record GeminiTool
{
    private GeminiTool(string json) => Json = json;

    /// <summary>Grounding with Google Search. Billed per query, not halved in a batch (protocol: 10, no. 40).</summary>
    /// <remarks>On Vertex AI an empty object fails the whole job (protocol: 10, no. 23): give it a field with <see cref="FromJson"/> there.</remarks>
    public static GeminiTool GoogleSearch { get; } = new("""{"googleSearch":{}}""");

    /// <summary>Reading of web addresses that stand in the prompt.</summary>
    public static GeminiTool UrlContext { get; } = new("""{"urlContext":{}}""");

    /// <summary>Running of Python code by the service.</summary>
    public static GeminiTool CodeExecution { get; } = new("""{"codeExecution":{}}""");

    /// <summary>The tool as a compact JSON object.</summary>
    public string Json { get; }

    /// <summary>Whether it searches with Google, which is billed by query.</summary>
    public bool IsGoogleSearch =>
        Json.StartsWith("{\"googleSearch\":", StringComparison.Ordinal) || Json.StartsWith("{\"google_search\":", StringComparison.Ordinal)
        || Json.StartsWith("{\"googleSearchRetrieval\":", StringComparison.Ordinal);

    /// <summary>Any tool of the wire.</summary>
    /// <param name="json">One JSON object, such as <c>{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/x"]}}</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="json"/> is no JSON object.</exception>
    public static GeminiTool FromJson(string json) => new(RawJson.Compact(json, nameof(json)));

    /// <summary>Writes tools as the wire's <c>tools</c> array.</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    /// <param name="tools">The tools, written in their order.</param>
    public static void WriteList(Utf8JsonWriter writer, IReadOnlyList<GeminiTool> tools)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(tools);
        writer.WriteStartArray();
        foreach (GeminiTool tool in tools)
        {
            writer.WriteRawValue(tool.Json, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteList"/> wrote.</summary>
    /// <param name="array">The array.</param>
    /// <exception cref="FormatException">The value is no array of objects.</exception>
    public static IReadOnlyList<GeminiTool> ReadList(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Tools are a JSON array of objects.");
        }

        var tools = new List<GeminiTool>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("A tool is a JSON object such as {\"googleSearch\":{}}.");
            }

            tools.Add(FromJson(item.GetRawText()));
        }

        return tools;
    }
}
