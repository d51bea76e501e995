using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Which names of a schema have other names beside them.</summary>
internal static class SchemaAliases
{
    /// <summary>The names of properties with <c>x-alias</c>, and of enum values with <c>x-enumAliases</c>.</summary>
    public static IReadOnlyCollection<string> NamesWithAliases(string schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(JsonElement.Parse(schema), names);
        return names;
    }

    private static void Collect(JsonElement node, HashSet<string> names)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Collect(item, names);
            }

            return;
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in node.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("x-alias", out _))
            {
                names.Add(member.Name);
            }

            if (member is { Name: "x-enumAliases", Value.ValueKind: JsonValueKind.Object })
            {
                names.UnionWith(member.Value.EnumerateObject().Select(static value => value.Name));
            }

            Collect(member.Value, names);
        }
    }
}
