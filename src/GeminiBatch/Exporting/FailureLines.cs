using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Failed documents as lines of JSON that <see cref="BatchDocument.FromJsonLines"/> takes: <c>{"id":"…","parts":[{"text":"…"},{"file":"…","mimeType":"…"},{"inline":"‹base64›","mimeType":"…"},{"uri":"…","mimeType":"…"}],
/// "metadata":{…},"reason":"…"}</c>. A document of which sections failed is one line, with the whole medium: where it is cut, its answered sections are found again.
/// </summary>
internal static class FailureLines
{
    private const int PageSize = 500;

    private const string Page =
        """
        SELECT i.id, coalesce(i.whole, i.document), i.metadata, r.spool_offset, r.spool_length, r.reason FROM items i JOIN rows r ON r.id = i.row
        WHERE i.run = $1 AND i.id > $2 AND i.superseded = 0 AND r.state = 4
            AND (i.whole IS NULL OR NOT EXISTS (SELECT 1 FROM items e JOIN rows q ON q.id = e.row
                WHERE e.run = $1 AND e.whole = i.whole AND e.superseded = 0 AND e.section < i.section AND q.state = 4))
        ORDER BY i.id LIMIT $3
        """;

    public static async Task<long> WriteAsync(ExtractionEngine engine, long run, Stream destination, CancellationToken cancellationToken)
    {
        if (engine.Ledger.Read(connection => connection.Number("SELECT 1 FROM rows WHERE run = $1 AND state = 4 LIMIT 1", run)) is null)
        {
            return 0;
        }

        using var spool = new SpoolReader(engine.Spool.RowsPath(run), engine.Ledger.Path);
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions);
        var (after, count) = (0L, 0L);
        while (true)
        {
            var page = engine.Ledger.Read(connection => connection.List(Page, Failed.Read, run, after, PageSize));
            if (page.Count == 0)
            {
                return count;
            }

            foreach (var failed in page)
            {
                buffer.ResetWrittenCount();
                writer.Reset();
                Write(writer, engine, failed, spool.ReadRow(failed.Offset, failed.Length));
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                buffer.Write("\n"u8);
                await destination.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                count++;
            }

            after = page[^1].Item;
        }
    }

    private static void Write(Utf8JsonWriter writer, ExtractionEngine engine, Failed failed, SpoolRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, failed.Document);
        writer.WriteStartArray("parts"u8);
        foreach (var part in row.Parts)
        {
            writer.WriteStartObject();
            switch (part)
            {
                case SpoolPart.Text text:
                    writer.WriteString("text"u8, text.Utf8.Span);
                    break;
                case SpoolPart.Content content:
                    writer.WriteString("file"u8, engine.Spool.Content.PathOf(content.Pages?.Source ?? content.Hash));
                    writer.WriteString("mimeType"u8, content.MimeType);
                    break;
                case SpoolPart.Inline inline:
                    writer.WriteBase64String("inline"u8, inline.Bytes.Span);
                    writer.WriteString("mimeType"u8, inline.MimeType);
                    break;
                case SpoolPart.Uri uri:
                    writer.WriteString("uri"u8, uri.Address);
                    writer.WriteString("mimeType"u8, uri.MimeType);
                    break;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (failed.MetadataJson is { } metadata)
        {
            writer.WritePropertyName("metadata"u8);
            writer.WriteRawValue(metadata, skipInputValidation: true);
        }

        writer.WriteString("reason"u8, failed.Reason);
        writer.WriteEndObject();
    }

    private sealed record Failed(long Item, string Document, string? MetadataJson, long Offset, int Length, string Reason)
    {
        public static Failed Read(Microsoft.Data.Sqlite.SqliteDataReader reader) => new(
            reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetString(5));
    }
}
