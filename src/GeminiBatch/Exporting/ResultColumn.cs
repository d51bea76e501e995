using System.Text.Json;

namespace GeminiBatch;

/// <summary>One column of the flat view of a schema: a scalar, or a list or map that stays JSON text.</summary>
/// <param name="Name">Names joined with dots, for example <c>supplier.address.city</c>.</param>
/// <param name="Path">The JSON names from the root to the value.</param>
/// <param name="Kind">What the value is.</param>
public sealed record ResultColumn(string Name, IReadOnlyList<string> Path, SchemaKind Kind)
{
    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal;

    /// <summary>Whether it is kept as JSON text.</summary>
    public bool IsJson => Kind is SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Object or SchemaKind.Union;

    /// <summary>The columns of a schema in its own order; nested objects are flattened, recursive ones are not.</summary>
    /// <param name="schema">The schema.</param>
    public static IReadOnlyList<ResultColumn> Of(SchemaDescriptor schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var columns = new List<ResultColumn>();
        if (schema.Root.Kind == SchemaKind.Object)
        {
            Add(schema, 0, [], [], columns);
        }
        else
        {
            columns.Add(new ResultColumn("value", [], schema.Root.Kind));
        }

        return columns;
    }

    /// <summary>The column's value in a document's canonical JSON; undefined when it is not there.</summary>
    /// <param name="root">The canonical JSON.</param>
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

    private static void Add(SchemaDescriptor schema, int type, string[] path, int[] enclosing, List<ResultColumn> columns)
    {
        foreach (var field in schema.Types[type].Fields)
        {
            string[] below = [.. path, field.JsonName];
            var kind = schema.Types[field.Type].Kind;
            if (kind == SchemaKind.Object && schema.Types[field.Type].Fields.Count > 0 && field.Type != type && !enclosing.Contains(field.Type))
            {
                Add(schema, field.Type, below, [.. enclosing, type], columns);
            }
            else
            {
                columns.Add(new ResultColumn(string.Join('.', below), below, kind));
            }
        }
    }
}
