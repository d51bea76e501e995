using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Failed documents with the content that the spool has of them.</summary>
internal sealed class FailedDocuments(ExtractionRun run) : IDisposable
{
    // What is larger stays in the ledger's folder and is named by its path.
    private const long LargestInline = 4 * 1024 * 1024;

    private readonly SpoolReader _spool = new(run.Engine.Spool.RowsPath(run.RunId), run.Engine.Ledger.Path);

    public byte[] Line(ExtractionResult result)
    {
        var (offset, length) = run.Engine.Ledger.Read(connection => Place(connection, result.DocumentId));
        var content = _spool.ReadRow(offset, length);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.DocumentId);
            writer.WriteStartArray("parts");
            foreach (var part in content.Parts)
            {
                Write(writer, part);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(MetadataJson.Write(result.Metadata) ?? "{}");
            writer.WriteStartObject("failure");
            writer.WriteString("reason", result.Failure!.Reason);
            writer.WriteString("message", result.Failure.Message);
            writer.WriteString("advice", result.Failure.Advice);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => _spool.Dispose();

    private void Write(Utf8JsonWriter writer, SpoolPart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case SpoolPart.Text text:
                writer.WriteString("text", text.Utf8.Span);
                break;
            case SpoolPart.Uri uri:
                writer.WriteString("uri", uri.Address);
                writer.WriteString("mimeType", uri.MimeType);
                break;
            case SpoolPart.Content content when content.Size <= LargestInline:
                writer.WriteBase64String("data", File.ReadAllBytes(run.Engine.Spool.Content.PathOf(content.Hash)));
                writer.WriteString("mimeType", content.MimeType);
                break;
            case SpoolPart.Content content:
                writer.WriteString("file", run.Engine.Spool.Content.PathOf(content.Hash));
                writer.WriteString("mimeType", content.MimeType);
                break;
        }

        writer.WriteEndObject();
    }

    private (long Offset, int Length) Place(LedgerConnection connection, string document)
    {
        using var reader = connection.Query(
            "SELECT r.spool_offset, r.spool_length FROM items i JOIN rows r ON r.id = i.row WHERE i.run = $1 AND i.document = $2 AND i.superseded = 0", run.RunId, document);
        return reader.Read()
            ? (reader.GetInt64(0), reader.GetInt32(1))
            : throw new LedgerException(run.Engine.Ledger.Path, LedgerProblem.Corrupt, $"The ledger '{run.Engine.Ledger.Path}' lacks the row of document '{document}'. Restore it from a copy.");
    }
}
