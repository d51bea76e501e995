using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One column of a flat export: its name, its type in .NET and how it is read from a result.</summary>
internal sealed record ResultColumn(string Name, Type Type, Func<ResultRowValues, object?> ValueOf, Func<ResultRowValues, string?> CellOf)
{
    public const string Document = "document";
    public const string Status = "status";
    public const string Succeeded = "succeeded";
    private const string Key = "key";
    private const string Reason = "reason";
    private const string Message = "message";

    /// <summary>The columns of a run. Their names are distinct: a field or metadata of a name that is taken gets a number.</summary>
    public static IEnumerable<ResultColumn> Of(ExtractionRun run)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in All(run))
        {
            yield return column with { Name = Distinct(column.Name, names) };
        }
    }

    /// <summary>The columns that a schema's fields have, by the fields' own names.</summary>
    public static Dictionary<string, string> NamesOf(SchemaDescriptor schema)
    {
        var names = new HashSet<string>([Document, Key, Status, Reason, Message], StringComparer.OrdinalIgnoreCase);
        return FlatField.Of(schema).ToDictionary(static field => field.Name, field => Distinct(field.Name, names), StringComparer.Ordinal);
    }

    private static string Distinct(string wanted, HashSet<string> names)
    {
        var name = wanted;
        for (var number = 2; !names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        return name;
    }

    private static List<ResultColumn> All(ExtractionRun run) =>
    [
        Text(Document, static row => row.Result.DocumentId),
        Text(Key, static row => row.Result.Key),
        Text(Status, static row => row.Result.Succeeded ? Succeeded : "failed"),
        Text(Reason, static row => row.Result.Failure?.Reason),
        Text(Message, static row => row.Result.Failure?.Message),
        .. FlatField.Of(run.Schema.Descriptor).Select(static field => OfField(field)),
        Number("repairs", static row => row.Result.Repairs.Count),
        Number("attempts", static row => row.Result.Attempts),
        Text("model", static row => row.Result.ModelVersion),
        .. Metadata(run),
    ];

    private static ResultColumn OfField(FlatField field) => new(field.Name, TypeOf(field), row => Convert(field, field.In(row.Value)), row => field.CellOf(row.Value));

    private static ResultColumn Text(string name, Func<ResultRowValues, string?> valueOf) =>
        new(name, typeof(string), valueOf, row => valueOf(row) is { } text ? CsvRow.Text(text) : null);

    private static ResultColumn Number(string name, Func<ResultRowValues, int> valueOf) =>
        new(name, typeof(int), row => valueOf(row), row => valueOf(row).ToString(CultureInfo.InvariantCulture));

    private static Type TypeOf(FlatField field) => field.IsPresence ? typeof(bool) : field.Kind switch
    {
        SchemaKind.Boolean => typeof(bool),
        SchemaKind.Integer => typeof(long),
        SchemaKind.Number => typeof(double),
        SchemaKind.Decimal => typeof(decimal),
        SchemaKind.Date or SchemaKind.DateTime => typeof(DateTime),
        SchemaKind.Time => typeof(TimeSpan),
        SchemaKind.DateTimeOffset => typeof(DateTimeOffset),
        SchemaKind.Guid => typeof(Guid),
        _ => typeof(string),
    };

    private static object? Convert(FlatField field, JsonElement value)
    {
        if (field.IsPresence)
        {
            return value.ValueKind == JsonValueKind.Object;
        }

        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var culture = CultureInfo.InvariantCulture;
        return field.Kind switch
        {
            SchemaKind.Boolean => value.GetBoolean(),
            SchemaKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : throw new OverflowException($"'{field.Name}' is {text}, which does not fit 64 bits with a sign. Read it from JSONL or CSV."),
            SchemaKind.Number => double.Parse(text, NumberStyles.Float, culture),
            SchemaKind.Decimal => decimal.Parse(text, NumberStyles.Float, culture),
            SchemaKind.Date => DateOnly.Parse(text, culture).ToDateTime(TimeOnly.MinValue),
            SchemaKind.DateTime => DateTime.Parse(text, culture, DateTimeStyles.RoundtripKind),
            SchemaKind.Time => TimeOnly.Parse(text, culture).ToTimeSpan(),
            SchemaKind.DateTimeOffset => DateTimeOffset.Parse(text, culture, DateTimeStyles.RoundtripKind),
            SchemaKind.Guid => System.Guid.Parse(text),
            _ => field.IsText ? text : value.GetRawText(),
        };
    }

    // Documents of one run may have different metadata; what is a number in one may be a text in another.
    private static List<ResultColumn> Metadata(ExtractionRun run) => run.Engine.Ledger.Read(connection => connection.List(
        """
        SELECT e.key, CASE WHEN count(DISTINCT e.type) > 1 THEN 'mixed' ELSE max(e.type) END FROM items i, json_each(i.metadata) e
        WHERE i.run = $1 AND i.superseded = 0 AND i.metadata IS NOT NULL GROUP BY e.key ORDER BY e.key
        """,
        static reader => OfMetadata(reader.GetString(0), reader.GetString(1)),
        run.RunId));

    private static ResultColumn OfMetadata(string name, string type) => new(
        "metadata." + name,
        type switch { "integer" => typeof(long), "true" or "false" => typeof(bool), _ => typeof(string) },
        row => Read(row, name) is { } value
            ? type switch { "integer" => value.AsInteger, "true" or "false" => value.AsBoolean, _ => value.AsText ?? value.ToJson() }
            : null,
        row => Read(row, name) is { } value ? value.AsText is { } text ? CsvRow.Text(text) : value.ToJson() : null);

    private static MetadataValue? Read(ResultRowValues row, string name) => row.Result.Metadata.TryGetValue(name, out var value) && value.Kind != MetadataValueKind.None ? value : (MetadataValue?)null;
}
