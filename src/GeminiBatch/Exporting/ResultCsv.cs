using System.Runtime.CompilerServices;
using System.Text;

namespace GeminiBatch;

/// <summary>Results as CSV (RFC 4180, UTF-8, CRLF), written by <see cref="ExtractionRun.WriteCsvAsync"/> and read back equal.</summary>
/// <remarks>
/// One column for each scalar of the schema, nested objects by their dotted names, lists and maps as JSON text, then metadata. An empty cell is no value,
/// <c>""</c> an empty text. A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an apostrophe in front. An object that may be
/// null, and all of whose members may be, has a column of its own that says <c>true</c> where it is there.
/// </remarks>
public static class ResultCsv
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly ParseOptions s_reading = ParseOptions.Strict with { MaxDepth = 1_000 };

    /// <summary>Reads the values of a CSV file of results.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="source">The file; left open.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Each succeeded document's id with its value, in the file's order; documents that failed are left out.</returns>
    /// <exception cref="FormatException">Thrown when the file is no such CSV, or a row does not fit the schema.</exception>
    public static IAsyncEnumerable<KeyValuePair<string, T>> ReadAsync<T>(Stream source, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => ReadAsync(source, ExtractionSchema.Of<T>(), cancellationToken);

    /// <summary>The same for a type whose schema is declared elsewhere.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="source">The file; left open.</param>
    /// <param name="schema">The schema that it was written with.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FormatException">Thrown when the file is no such CSV, or a row does not fit the schema.</exception>
    public static async IAsyncEnumerable<KeyValuePair<string, T>> ReadAsync<T>(
        Stream source, ExtractionSchema<T> schema, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(schema);
        using var reader = new StreamReader(source, s_utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var json = new FlatJson(schema.Descriptor);
        string[] names = [ResultTable.Document, ResultTable.Status, .. new ResultTable(schema.Descriptor).FieldColumns.Select(static column => column.Name)];
        int[]? places = null;
        await foreach (var row in CsvRows.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            if (places is null)
            {
                places = Places(row, names);
                continue;
            }

            var cells = Array.ConvertAll(places, place => place >= 0 && place < row.Count ? row[place] : null);
            if (cells[1] == ResultTable.Succeeded)
            {
                var id = CsvRow.ReadText(cells[0] ?? "");
                var parsed = schema.Parse(json.Write(cells[2..]), s_reading);
                yield return new(id, parsed.Succeeded ? parsed.Value! : throw new FormatException($"The row of document '{id}' does not fit the schema: {parsed.Errors[0].Path}: {parsed.Errors[0].Message}"));
            }
        }
    }

    internal static async Task<long> WriteAsync(IAsyncEnumerable<ExtractionResult> results, ResultTable table, Stream destination, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(destination, s_utf8, bufferSize: 64 * 1024, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(table.Header.AsMemory(), cancellationToken).ConfigureAwait(false);
            var rows = 0L;
            await foreach (var result in results.ConfigureAwait(false))
            {
                await writer.WriteAsync(table.Row(result).AsMemory(), cancellationToken).ConfigureAwait(false);
                rows++;
            }

            return rows;
        }
    }

    private static int[] Places(IReadOnlyList<string?> header, string[] names)
    {
        var columns = header.Select(static name => CsvRow.ReadText(name ?? "")).ToList();
        var places = Array.ConvertAll(names, columns.IndexOf);
        return places[0] >= 0 && places[1] >= 0
            ? places
            : throw new FormatException($"The file has no columns '{ResultTable.Document}' and '{ResultTable.Status}': it is no export of results.");
    }
}
