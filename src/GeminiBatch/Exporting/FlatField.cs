using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One field of the flat view of a schema: a scalar, a list or map that stays JSON text, or whether an object is there.</summary>
/// <param name="Path">The JSON names from the root to the value.</param>
/// <param name="Kind">What the value is.</param>
internal sealed record FlatField(IReadOnlyList<string> Path, SchemaKind Kind)
{
    /// <summary>Names joined with dots, for example <c>supplier.address.city</c>.</summary>
    public string Name => Path.Count == 0 ? "value" : string.Join('.', Path);

    /// <summary>Whether the field says no more than that the object is there: all of the object's own fields may be empty.</summary>
    public bool IsPresence { get; init; }

    /// <summary>The type in .NET that holds every integer the field may have; text beyond <see cref="decimal"/>.</summary>
    public Type IntegerType { get; init; } = typeof(long);

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal;

    /// <summary>Whether it is kept as JSON text.</summary>
    public bool IsJson => Kind is SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Object or SchemaKind.Union;

    /// <summary>Whether the value is text in JSON too.</summary>
    public bool IsText => !IsNumber && !IsJson && Kind != SchemaKind.Boolean;

    /// <summary>The fields of a schema in its own order; nested objects are flattened, recursive ones are not.</summary>
    public static IReadOnlyList<FlatField> Of(SchemaDescriptor schema)
    {
        var fields = new List<FlatField>();
        if (schema.Root.Kind == SchemaKind.Object)
        {
            Add(schema, 0, [], [], fields);
        }
        else
        {
            fields.Add(Scalar([], schema.Root));
        }

        return fields;
    }

    /// <summary>Whether a field's object has fields of its own in the flat view.</summary>
    public static bool IsFlattened(SchemaDescriptor schema, int type, SchemaField field, IReadOnlyList<int> enclosing) =>
        schema.Types[field.Type] is { Kind: SchemaKind.Object, Fields.Count: > 0 } && field.Type != type && !enclosing.Contains(field.Type);

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

    /// <summary>The field's cell; <see langword="null"/> for no value, which is not the same as an empty text.</summary>
    public string? CellOf(JsonElement root)
    {
        var value = In(root);
        return IsPresence ? value.ValueKind == JsonValueKind.Object ? "true" : null
            : value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
            : IsText && value.ValueKind == JsonValueKind.String ? CsvRow.Text(value.GetString()!)
            : value.GetRawText();
    }

    private static void Add(SchemaDescriptor schema, int type, string[] path, int[] enclosing, List<FlatField> fields)
    {
        foreach (var field in schema.Types[type].Fields)
        {
            string[] below = [.. path, field.JsonName];
            if (!IsFlattened(schema, type, field, enclosing))
            {
                fields.Add(Scalar(below, schema.Types[field.Type]));
                continue;
            }

            if ((field.Nullable || field.Presence != SchemaPresence.Required) && MayBeEmpty(schema, field.Type, [.. enclosing, type]))
            {
                fields.Add(new(below, SchemaKind.Boolean) { IsPresence = true });
            }

            Add(schema, field.Type, below, [.. enclosing, type], fields);
        }
    }

    private static FlatField Scalar(string[] path, SchemaNode type) => new(path, type.Kind) { IntegerType = IntegerTypeOf(type) };

    private static Type IntegerTypeOf(SchemaNode type)
    {
        var (least, most) = (Bound(type.IntegerMinimum), Bound(type.IntegerMaximum));
        return least >= long.MinValue && most <= long.MaxValue ? typeof(long)
            : least >= (BigInteger)decimal.MinValue && most <= (BigInteger)decimal.MaxValue ? typeof(decimal)
            : typeof(string);
    }

    // A schema without bounds asks for the usual whole numbers.
    private static BigInteger Bound(string? text) => text is null ? BigInteger.Zero : BigInteger.Parse(text, CultureInfo.InvariantCulture);

    private static bool MayBeEmpty(SchemaDescriptor schema, int type, int[] enclosing) => schema.Types[type].Fields.All(field =>
        field.Nullable || field.Presence != SchemaPresence.Required
        || (IsFlattened(schema, type, field, enclosing) && MayBeEmpty(schema, field.Type, [.. enclosing, type])));
}
