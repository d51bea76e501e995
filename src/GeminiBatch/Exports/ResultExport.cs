using System.Runtime.CompilerServices;
using System.Text;
using System.Data.Common;

namespace GeminiBatch;

/// <summary>Takes the results of a run out of the ledger: what has ended so far, in plan order. None of it drives the run.</summary>
public static class ResultExport
{
    private const byte LineBreak = (byte)'\n';
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes every ended document as one line of JSON: id, key, value or failure, repairs, notes, metadata, usage.</summary>
    /// <param name="run">The run.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many lines were written.</returns>
    public static async Task<long> WriteJsonLinesAsync(this ExtractionRun run, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        var lines = 0L;
        await foreach (var result in run.EndedResultsAsync(cancellationToken).ConfigureAwait(false))
        {
            await output.WriteAsync((byte[])[.. ResultLine.Write(result), LineBreak], cancellationToken).ConfigureAwait(false);
            lines++;
        }

        return lines;
    }

    /// <summary>
    /// Writes every ended document as one row of CSV (RFC 4180, UTF-8, CRLF): one column for each scalar of the schema, nested objects flattened, lists
    /// and maps as JSON text, then metadata. <see cref="ReadCsvAsync{T}"/> reads it back equal.
    /// </summary>
    /// <remarks>
    /// An empty cell is no value, <c>""</c> an empty text. A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an
    /// apostrophe in front. An object that may be null, and all of whose members may be, has a column of its own that says <c>true</c> where it is there.
    /// </remarks>
    /// <param name="run">The run.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many rows were written, the header not counted.</returns>
    public static async Task<long> WriteCsvAsync(this ExtractionRun run, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        var columns = ResultColumn.Of(run).ToList();
        var writer = new StreamWriter(output, s_utf8, bufferSize: 64 * 1024, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(CsvRow.Write(columns.Select(static column => CsvRow.Text(column.Name))).AsMemory(), cancellationToken).ConfigureAwait(false);
            var rows = 0L;
            await foreach (var result in run.EndedResultsAsync(cancellationToken).ConfigureAwait(false))
            {
                using var row = new ResultRowValues(result);
                await writer.WriteAsync(CsvRow.Write(columns.Select(column => column.CellOf(row))).AsMemory(), cancellationToken).ConfigureAwait(false);
                rows++;
            }

            return rows;
        }
    }

    /// <summary>Reads the values of a CSV file that <see cref="WriteCsvAsync"/> wrote.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="input">The file; left open.</param>
    /// <param name="schema">The schema that it was written with.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Each succeeded document's id with its value, in the file's order; documents that failed are left out.</returns>
    /// <exception cref="FormatException">Thrown when the file is no such CSV, or a row does not fit the schema.</exception>
    public static async IAsyncEnumerable<KeyValuePair<string, T>> ReadCsvAsync<T>(Stream input, ExtractionSchema<T> schema, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(schema);
        using var reader = new StreamReader(input, s_utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var json = new FlatJson(schema.Descriptor);
        var names = ResultColumn.NamesOf(schema.Descriptor);
        Dictionary<string, int>? columns = null;
        await foreach (var row in CsvRows.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            if (columns is null)
            {
                columns = row.Select(static (name, index) => (Name: CsvRow.ReadText(name ?? ""), index)).DistinctBy(static column => column.Name).ToDictionary(static column => column.Name, static column => column.index, StringComparer.Ordinal);
                if (!columns.ContainsKey(ResultColumn.Document) || !columns.ContainsKey(ResultColumn.Status))
                {
                    throw new FormatException($"The file has no columns '{ResultColumn.Document}' and '{ResultColumn.Status}': it is no export of results.");
                }

                continue;
            }

            if (Cell(ResultColumn.Status) == ResultColumn.Succeeded)
            {
                var id = CsvRow.ReadText(Cell(ResultColumn.Document) ?? "");
                var parsed = schema.Parse(json.Write(name => Cell(names[name])), ParseOptions.Strict);
                yield return new(id, parsed.Succeeded ? parsed.Value! : throw new FormatException($"The row of document '{id}' does not fit the schema: {parsed.Errors[0].Path}: {parsed.Errors[0].Message}"));
            }

            string? Cell(string name) => columns.TryGetValue(name, out var index) && index < row.Count ? row[index] : null;
        }
    }

    /// <summary>
    /// Writes every failed document as one line of JSON with its content and the reason, which <see cref="BatchDocument.FromJsonLines"/> reads: to be asked
    /// again in another run, with another prompt or model. Overrides of single documents are not among it.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="output">Where to; left open. It holds the documents' content.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>How many documents were written.</returns>
    public static async Task<long> WriteFailuresAsync(this ExtractionRun run, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        using var failures = new FailedDocuments(run);
        var lines = 0L;
        await foreach (var result in run.EndedResultsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!result.Succeeded)
            {
                await output.WriteAsync((byte[])[.. failures.Line(result), LineBreak], cancellationToken).ConfigureAwait(false);
                lines++;
            }
        }

        return lines;
    }

    /// <summary>
    /// The ended documents as rows with typed columns, for whatever takes a <see cref="DbDataReader"/>: a bulk copy, a data table. Columns: document, key,
    /// status, reason, message, the schema's scalars by their dotted names (lists and maps as JSON text), repairs, attempts, model, then metadata.
    /// </summary>
    /// <param name="run">The run; keep it open while reading.</param>
    public static DbDataReader OpenDataReader(this ExtractionRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new ResultDataReader(run, [.. ResultColumn.Of(run)]);
    }
}
