using System.Text.Json;

namespace GeminiBatch;

/// <summary>The error of a row, from any of the places and forms in which it arrives (protocol: 2.2, 3.5).</summary>
internal readonly record struct RowError(int? Code, string Message)
{
    private const int SmallestHttpStatus = 100;

    internal static RowError? Find(JsonElement row)
    {
        if (JsonRead.Member(row, "error") is { } error)
        {
            return Read(error);
        }

        return JsonRead.Member(row, "status") switch
        {
            { ValueKind: JsonValueKind.Object } status => Read(status),
            { ValueKind: JsonValueKind.String } status when WireText.Of(status) is { Length: > 0 } prose => ReadProse(prose),
            _ => null,
        };
    }

    private static RowError Read(JsonElement error)
    {
        switch (error.ValueKind)
        {
            case JsonValueKind.String:
                return ReadProse(WireText.Of(error));
            case JsonValueKind.Object:
                int? code = JsonRead.Int32(error, "code");
                string? status = JsonRead.Text(error, "status");
                string message = JsonRead.Text(error, "message") ?? status ?? "the service gave no message";
                return new RowError(code is null or >= SmallestHttpStatus ? ToGrpc(code, status) : code, message);
            default:
                return new RowError(null, "the service gave no message");
        }
    }

    // Vertex AI: "Bad Request: {"error": {"code": 400, …}}", a sentence with JSON at its end.
    private static RowError ReadProse(string prose)
    {
        int brace = prose.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(prose.AsMemory(brace), ApiTransport.JsonOptions);
                JsonElement error = JsonRead.Object(document.RootElement, "error") ?? document.RootElement;
                if (JsonRead.Member(error, "message") is not null || JsonRead.Member(error, "code") is not null)
                {
                    return Read(error);
                }
            }
            catch (JsonException)
            {
                // Prose that only looks like JSON is kept as prose.
            }
        }

        return new RowError(null, prose);
    }

    private static int? ToGrpc(int? http, string? status) => (status, http) switch
    {
        ("CANCELLED", _) or (null, 499) => 1,
        ("UNKNOWN", _) => 2,
        ("INVALID_ARGUMENT", _) => 3,
        ("DEADLINE_EXCEEDED", _) or (_, 504) => 4,
        ("NOT_FOUND", _) or (_, 404) => 5,
        ("ALREADY_EXISTS", _) => 6,
        ("PERMISSION_DENIED", _) or (_, 403) => 7,
        ("RESOURCE_EXHAUSTED", _) or (_, 429) => 8,
        ("FAILED_PRECONDITION", _) => 9,
        ("ABORTED", _) or (_, 409) => 10,
        ("OUT_OF_RANGE", _) => 11,
        ("UNIMPLEMENTED", _) or (_, 501) => 12,
        ("INTERNAL", _) => 13,
        ("UNAVAILABLE", _) or (_, 503) => 14,
        ("DATA_LOSS", _) => 15,
        ("UNAUTHENTICATED", _) or (_, 401) => 16,
        (_, 400) => 3,
        (_, >= 500) => 13,
        _ => null,
    };
}
