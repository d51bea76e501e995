using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A response, or an error with a gRPC code (protocol: 2.2, 9.1).</summary>
internal sealed record RowOutcome(bool IsError, JsonObject Body)
{
    public static RowOutcome Response(JsonObject body) => new(false, body);

    public static RowOutcome Error(int code, string message) => new(true, new JsonObject { ["code"] = code, ["message"] = message });

    public static string MessageOf(int code) => code switch
    {
        3 => "Request contains an invalid argument.",
        4 => "Deadline expired before operation could complete.",
        8 => "Resource has been exhausted (e.g. check quota).",
        9 => "Precondition check failed.",
        14 => "The service is currently unavailable.",
        _ => "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
    };
}
