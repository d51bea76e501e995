using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>A document's metadata as the ledger keeps it: one flat JSON object, names in ordinal order.</summary>
internal static class MetadataJson
{
    public static string? Write(IReadOnlyDictionary<string, MetadataValue> metadata)
    {
        if (metadata.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder("{");
        foreach (var (name, value) in metadata.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (value.Kind != MetadataValueKind.None)
            {
                text.Append(text.Length > 1 ? "," : "").Append(((MetadataValue)name).ToJson()).Append(':').Append(value.ToJson());
            }
        }

        return text.Append('}').ToString();
    }

    public static IReadOnlyDictionary<string, MetadataValue> Read(string? json)
    {
        var metadata = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        if (json is not null)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                metadata[member.Name] = MetadataValue.FromJson(member.Value);
            }
        }

        return metadata;
    }
}
