using System.Text.Json;

namespace GeminiBatch;

/// <summary>Finds a field in ground truth that may have been written for another record: by JSON name, member name or alias, whatever their case and separators.</summary>
internal static class GroundTruthName
{
    public static bool TryFind(SchemaField field, JsonElement truth, out JsonElement value)
    {
        if (truth.TryGetProperty(field.JsonName, out value))
        {
            return true;
        }

        foreach (var name in field.Aliases.Prepend(field.MemberName).Prepend(field.JsonName))
        {
            var plain = Plain(name);
            foreach (var property in truth.EnumerateObject())
            {
                if (Plain(property.Name) == plain)
                {
                    value = property.Value;
                    return true;
                }
            }
        }

        return false;
    }

    public static bool AnyOf(SchemaNode type, JsonElement truth)
    {
        foreach (var field in type.Fields)
        {
            if (TryFind(field, truth, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
