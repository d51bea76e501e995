using System.Text.Json;

namespace GeminiBatch;

/// <summary>Which case of a union a canonical value is.</summary>
internal static class UnionCases
{
    /// <returns>The case; null when the value is none.</returns>
    public static SchemaUnionCase? Find(SchemaDescriptor descriptor, SchemaNode union, JsonElement value)
    {
        if (union.Discriminator is not { } member)
        {
            return union.Cases.FirstOrDefault(option => Fits(descriptor.Types[option.Type], value));
        }

        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var name) && name.ValueKind == JsonValueKind.String
            ? union.Cases.FirstOrDefault(option => name.ValueEquals(option.Name))
            : null;
    }

    /// <summary>Whether a value has a case's kind; an object also its names.</summary>
    private static bool Fits(SchemaNode type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => type.Kind is SchemaKind.Map or SchemaKind.Any || (type.Kind == SchemaKind.Object && HasNames(type, value)),
        JsonValueKind.Array => type.Kind is SchemaKind.Array or SchemaKind.Any,
        JsonValueKind.True or JsonValueKind.False => type.Kind is SchemaKind.Boolean or SchemaKind.Any,
        JsonValueKind.Number => type.Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal or SchemaKind.Any,
        JsonValueKind.String => type.Kind == SchemaKind.Enum
            ? type.EnumValues.Any(option => value.ValueEquals(option.JsonName))
            : type.Kind is not (SchemaKind.Object or SchemaKind.Map or SchemaKind.Array or SchemaKind.Boolean or SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal),
        _ => false,
    };

    private static bool HasNames(SchemaNode type, JsonElement value) =>
        type.Fields.All(field => field.Presence != SchemaPresence.Required || value.TryGetProperty(field.JsonName, out _))
        && value.EnumerateObject().All(member => type.Fields.Any(field => member.NameEquals(field.JsonName)));
}
