using System.Text.Json;

namespace GeminiBatch;

/// <summary>One column of a flat view of a schema: a scalar, or a list or map that stays JSON text.</summary>
/// <param name="Name">Names joined with dots, e.g. <c>supplier.address.city</c>.</param>
/// <param name="Path">The JSON names from the root to the value.</param>
/// <param name="Kind">What the value is.</param>
internal sealed record FlatField(string Name, IReadOnlyList<string> Path, SchemaKind Kind)
{
    public bool IsNumber => Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal;

    public bool IsList => Kind is SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Object;

    /// <summary>The columns of a schema in its own order; nested objects are flattened, recursive ones are not.</summary>
    public static IReadOnlyList<FlatField> Of(SchemaDescriptor schema)
    {
        var fields = new List<FlatField>();
        if (schema.Root.Kind == SchemaKind.Object)
        {
            Add(schema, 0, [], [], fields);
        }
        else
        {
            fields.Add(new FlatField("value", [], schema.Root.Kind));
        }

        return fields;
    }

    /// <summary>The field's value in a document's canonical JSON; undefined when it is not there.</summary>
    public JsonElement In(JsonElement root)
    {
        foreach (var name in Path)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return default;
            }
        }

        return root;
    }

    private static void Add(SchemaDescriptor schema, int type, string[] path, int[] enclosing, List<FlatField> fields)
    {
        foreach (var field in schema.Types[type].Fields)
        {
            string[] below = [.. path, field.JsonName];
            var kind = schema.Types[field.Type].Kind;
            if (kind == SchemaKind.Object && schema.Types[field.Type].Fields.Count > 0 && field.Type != type && !enclosing.Contains(field.Type))
            {
                Add(schema, field.Type, below, [.. enclosing, type], fields);
            }
            else
            {
                fields.Add(new FlatField(string.Join('.', below), below, kind));
            }
        }
    }
}
