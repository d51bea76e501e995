using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Collects results and writes them as JSONL and CSV, ordered by document. The files appear whole or not at all.</summary>
internal sealed class ResultFiles : IDisposable
{
    private const int PreviewLines = 50;
    private readonly DocumentOrder _order;
    private readonly SortedSet<string> _metadataNames = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ResultColumn> _fields;

    public ResultFiles(string folder, string run, SchemaDescriptor schema)
    {
        PrivateFile.CreateFolder(folder);
        var name = string.Concat(run.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
        JsonLinesPath = Path.Combine(folder, name + ".jsonl");
        CsvPath = Path.Combine(folder, name + ".csv");
        _fields = ResultColumn.Of(schema);
        _order = new DocumentOrder(folder);
    }

    public string JsonLinesPath { get; }

    public string CsvPath { get; }

    /// <summary>Results so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first lines in document order, for a table; filled by <see cref="WriteAsync"/>.</summary>
    public IReadOnlyList<JsonElement> Preview { get; private set; } = [];

    public ValueTask AddAsync(ExtractionResult result, CancellationToken cancellationToken)
    {
        Count++;
        foreach (var name in result.Metadata.Keys)
        {
            _metadataNames.Add(name);
        }

        return _order.AddAsync(result.DocumentId, ResultLine.Write(result), cancellationToken);
    }

    /// <summary>Writes both files.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var preview = new List<JsonElement>();
        await using (var lines = PrivateFile.Create(JsonLinesPath + ".tmp"))
        await using (var rows = new StreamWriter(PrivateFile.Create(CsvPath + ".tmp"), new UTF8Encoding(false)))
        {
            await rows.WriteAsync(CsvRow.Write(Header()));
            await foreach (var line in _order.ReadAsync(cancellationToken))
            {
                await lines.WriteAsync(line, cancellationToken);
                lines.WriteByte((byte)'\n');
                using var document = JsonDocument.Parse(line);
                await rows.WriteAsync(CsvRow.Write(Cells(document.RootElement)));
                if (preview.Count < PreviewLines)
                {
                    preview.Add(document.RootElement.Clone());
                }
            }
        }

        File.Move(JsonLinesPath + ".tmp", JsonLinesPath, overwrite: true);
        File.Move(CsvPath + ".tmp", CsvPath, overwrite: true);
        Preview = preview;
    }

    public void Dispose() => _order.Dispose();

    private IEnumerable<string> Header() =>
        [
            "document", "status", "reason",
            .. _fields.Select(field => CsvRow.Text(field.Name)),
            "repairs",
            .. _metadataNames.Select(name => CsvRow.Text("metadata." + name)),
        ];

    private IEnumerable<string> Cells(JsonElement line)
    {
        var failed = line.TryGetProperty("failure", out var failure);
        yield return CsvRow.Text(line.GetProperty("id").GetString()!);
        yield return failed ? "failed" : "succeeded";
        yield return failed ? failure.GetProperty("reason").GetString()! : "";
        var value = line.GetProperty("value");
        foreach (var field in _fields)
        {
            yield return CsvRow.Value(field.In(value));
        }

        yield return CsvRow.Value(JsonElement.Parse($"{line.GetProperty("repairs").GetArrayLength()}"));
        var metadata = line.GetProperty("metadata");
        foreach (var name in _metadataNames)
        {
            yield return CsvRow.Value(metadata.TryGetProperty(name, out var entry) ? entry : default);
        }
    }
}
