using System.Text.Json;

namespace GeminiBatch;

/// <summary>Finds a row's key where either backend puts it (protocol: 2.2, 3.5). Position is never a key.</summary>
internal static class RowKey
{
    internal static string? Find(JsonElement row)
    {
        if (JsonRead.TextOrNumber(row, "key") is { } key)
        {
            return key;
        }

        return In(Metadata(row))
            ?? JsonRead.TextOrNumber(row, "custom_id")
            ?? (JsonRead.Object(row, "request") is { } request && JsonRead.Object(request, "labels") is { } labels ? JsonRead.Text(labels, "custom_id") : null);
    }

    private static string? In(JsonElement metadata) =>
        JsonRead.TextOrNumber(metadata, "key") ?? JsonRead.TextOrNumber(metadata, "request_id") ?? JsonRead.TextOrNumber(metadata, "custom_id");

    // On Vertex AI nested values travel as JSON text.
    private static JsonElement Metadata(JsonElement row)
    {
        switch (JsonRead.Member(row, "metadata"))
        {
            case { ValueKind: JsonValueKind.Object } nested:
                return nested;
            case { ValueKind: JsonValueKind.String } text:
                try
                {
                    using JsonDocument document = JsonDocument.Parse(WireText.Of(text));
                    return document.RootElement.Clone();
                }
                catch (JsonException)
                {
                    return default;
                }

            default:
                return default;
        }
    }
}
