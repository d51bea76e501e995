using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>The flat view of a run's results, the same for CSV and data readers: the document, how it ended, the schema's fields, and its metadata.</summary>
/// <remarks>Names are distinct: a field or metadata of a name that is taken gets a number.</remarks>
internal sealed class ResultTable
{
    public const string Document = "document";
    public const string Status = "status";
    public const string Succeeded = "succeeded";
    private const string Failed = "failed";

    private static readonly ResultColumn[] s_first =
    [
        ResultColumn.Text(Document, static result => result.DocumentId),
        ResultColumn.Text("key", static result => result.Key),
        ResultColumn.Text(Status, static result => result.Succeeded ? Succeeded : Failed),
        ResultColumn.Text("reason", static result => result.Failure?.Reason),
        ResultColumn.Text("message", static result => result.Failure?.Message),
    ];

    private static readonly ResultColumn[] s_last =
    [
        ResultColumn.Number<int>("repairs", static result => result.Repairs.Count),
        ResultColumn.Number<int>("attempts", static result => result.Attempts),
        ResultColumn.Number<decimal>("cost", static result => result.Cost),
        ResultColumn.Text("model", static result => result.ModelVersion),
    ];

    // How deep an answer may be was decided when it was read.
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 1_000 };
    private readonly Range _fields;

    /// <param name="schema">The schema.</param>
    /// <param name="metadata">The names in the documents' metadata, each with the type of its values.</param>
    public ResultTable(SchemaDescriptor schema, params IEnumerable<(string Name, string Type)> metadata)
    {
        var fields = FlatField.Of(schema).Select(ResultColumn.OfField).ToList();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        ResultColumn[] columns = [.. s_first, .. fields, .. s_last, .. metadata.Select(static entry => ResultColumn.OfMetadata(entry.Name, entry.Type))];
        Columns = [.. columns.Select(column => column with { Name = Distinct(column.Name, names) })];
        _fields = s_first.Length..(s_first.Length + fields.Count);
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>The columns of the schema's fields, in the order of <see cref="FlatField.Of"/>.</summary>
    public IEnumerable<ResultColumn> FieldColumns => Columns.Take(_fields);

    /// <summary>The header of a CSV file.</summary>
    public string Header => CsvRow.Write(Columns.Select(static column => CsvRow.Text(column.Name)));

    /// <summary>A result's row of a CSV file.</summary>
    public string Row(ExtractionResult result)
    {
        using var value = Parse(result);
        return CsvRow.Write(Columns.Select(column => column.CellOf(result, value?.RootElement ?? default)));
    }

    /// <summary>A result's values.</summary>
    public object?[] Values(ExtractionResult result)
    {
        using var value = Parse(result);
        return [.. Columns.Select(column => column.ValueOf(result, value?.RootElement ?? default))];
    }

    private static JsonDocument? Parse(ExtractionResult result) => result.Succeeded ? JsonDocument.Parse(result.CanonicalJson, s_reading) : null;

    private static string Distinct(string wanted, HashSet<string> names)
    {
        var name = wanted;
        for (var number = 2; !names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        return name;
    }
}
