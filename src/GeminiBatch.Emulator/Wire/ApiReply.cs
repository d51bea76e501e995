using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>What is answered: held back until faults have had their say.</summary>
internal sealed record ApiReply(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A body as is, instead of <see cref="Body"/>.</summary>
    public string? RawBody { get; init; }

    /// <summary>A file to send instead of a body.</summary>
    public string? ContentPath { get; init; }

    public string ContentType { get; init; } = "application/json; charset=UTF-8";

    public static ApiReply Empty => new(200, new JsonObject());

    public static ApiReply Ok(JsonNode body) => new(200, body);

    public static ApiReply From(ApiException error) => new(error.Status, error.Body);
}
