using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Writes rows for Vertex AI, which stages them in a table: the key and metadata are columns of their own, no object may be empty, and one column has one type
/// (protocol: 3.5, 3.7).
/// </summary>
internal sealed class VertexRowWriter(bool labelRows)
{
    /// <summary>The label that carries the key.</summary>
    internal const string KeyLabel = "custom_id";

    private const int MaxLabel = 63;

    // The service takes no empty object. This one is written with a member that says nothing, as rows in use have it.
    private static readonly GeminiTool FilledSearch = GeminiTool.FromJson("""{"googleSearch":{"timeRangeFilter":null}}""");

    internal void Write(Utf8JsonWriter writer, string key, GeminiRequest request, string? metadata)
    {
        if (request.CachedContent is not null)
        {
            throw new InvalidOperationException("Vertex AI runs no batch with an explicit cache (protocol: 3.6). Leave GeminiRequest.CachedContent out.");
        }

        RequireNoEmptyObject("generationConfig.responseSchema", request.Settings?.ResponseSchema ?? default);
        RequireNoEmptyObject("generationConfig.responseJsonSchema", request.Settings?.ResponseJsonSchema ?? default);
        RequireNoEmptyObject("generationConfig", request.Settings?.AdditionalJson);
        RequireNoEmptyObject("toolConfig", request.ToolConfigJson);
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WritePropertyName("request"u8);
        writer.WriteStartObject();
        WithoutEmptyTools(request).WriteMembersTo(writer);
        if (labelRows && IsLabel(key))
        {
            writer.WriteStartObject("labels"u8);
            writer.WriteString(KeyLabel, key);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        MetadataColumns.Write(writer, metadata);
        writer.WriteEndObject();
    }

    private static bool IsLabel(string key) => key.Length <= MaxLabel && key.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static GeminiRequest WithoutEmptyTools(GeminiRequest request)
    {
        if (request.Tools.Count == 0)
        {
            return request;
        }

        var tools = new List<GeminiTool>(request.Tools.Count);
        foreach (GeminiTool tool in request.Tools)
        {
            if (tool == GeminiTool.GoogleSearch)
            {
                tools.Add(FilledSearch);
                continue;
            }

            RequireNoEmptyObject("tools", tool.Json);
            tools.Add(tool);
        }

        return request with { Tools = tools };
    }

    private static void RequireNoEmptyObject(string place, string? json) =>
        RequireNoEmptyObject(place, json is null ? default : Encoding.UTF8.GetBytes(RawJson.Compact(json, place)));

    // The JSON is compact: what has no empty object needs no second look.
    private static void RequireNoEmptyObject(string place, ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("{}"u8) < 0)
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        if (EmptyObject(document.RootElement, place) is { } empty)
        {
            throw new InvalidOperationException(
                $"Vertex AI cannot store the empty object '{empty}', and one such row fails the whole job (protocol: 10, no. 23). Give it a member, such as a description in a schema, or leave it out; a tool is given one with GeminiTool.FromJson.");
        }
    }

    private static string? EmptyObject(JsonElement element, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when !element.EnumerateObject().Any():
                return place;
            case JsonValueKind.Object:
                return element.EnumerateObject().Select(member => EmptyObject(member.Value, $"{place}.{member.Name}")).FirstOrDefault(static found => found is not null);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(item => EmptyObject(item, place)).FirstOrDefault(static found => found is not null);
            default:
                return null;
        }
    }
}
