using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Reads what a result row says: rows of the Developer API's files, its inline items, and rows of Vertex AI, members in any order
/// (protocol: 2.2, 3.5, 6).
/// </summary>
public static class ResultRowReader
{
    /// <summary>Reads one result row. Never throws for bad content: that is the outcome <c>malformed_row</c>.</summary>
    /// <param name="line">One row as UTF-8 JSON, with or without a line break at its end.</param>
    public static ResultRow Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, ApiTransport.JsonOptions);
            ResultRow row = Read(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object && MetadataColumns.Read(document.RootElement) is { } metadata ? row with { Metadata = metadata } : row;
        }
        catch (JsonException exception)
        {
            // The exception's own message may quote the row.
            return Malformed(null, $"The row is no valid JSON (byte {exception.BytePositionInLine ?? 0} of {line.Length}).");
        }
        catch (InvalidOperationException)
        {
            return Malformed(null, "The row has a member name that is no text.");
        }
    }

    /// <summary>Reads a GenerateContentResponse that stands alone.</summary>
    internal static ResultRow ReadResponse(JsonElement response) => ResponseReading.Read(key: null, response);

    private static ResultRow Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return Malformed(null, $"The row is no JSON object but {row.ValueKind}.");
        }

        string? key = RowKey.Find(row);
        if (RowError.Find(row) is { } error)
        {
            return Failed(key, error);
        }

        return JsonRead.Member(row, "response") switch
        {
            { ValueKind: JsonValueKind.Object } response => ResponseReading.Read(key, response),
            null when EmbeddingReading.FindPrediction(row) is { } prediction => EmbeddingReading.Read(prediction, prediction) with { Key = key },
            null => Malformed(key, "The row has neither a response nor an error."),
            { } other => Malformed(key, $"The row's response is no JSON object but {other.ValueKind}."),
        };
    }

    internal static ResultRow Failed(string? key, RowError error) => new()
    {
        Key = key,
        Outcome = RowOutcomes.Error(error.Code, error.Message),
        ErrorCode = error.Code,
        ErrorMessage = error.Message,
    };

    internal static ResultRow Malformed(string? key, string message) => new() { Key = key, Outcome = RowOutcomes.MalformedRow, ErrorMessage = message };
}
