namespace GeminiBatch.Emulator;

/// <summary>gRPC codes as HTTP has them (protocol: 9.1).</summary>
internal static class HttpStatus
{
    public static (int Code, string Name, string Phrase) OfGrpc(int code) => code switch
    {
        1 => (499, "CANCELLED", "Client Closed Request"),
        3 => (400, "INVALID_ARGUMENT", "Bad Request"),
        4 => (504, "DEADLINE_EXCEEDED", "Gateway Timeout"),
        5 => (404, "NOT_FOUND", "Not Found"),
        7 => (403, "PERMISSION_DENIED", "Forbidden"),
        8 => (429, "RESOURCE_EXHAUSTED", "Too Many Requests"),
        9 => (400, "FAILED_PRECONDITION", "Bad Request"),
        14 => (503, "UNAVAILABLE", "Service Unavailable"),
        _ => (500, "INTERNAL", "Internal Server Error"),
    };
}
