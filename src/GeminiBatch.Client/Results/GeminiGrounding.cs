namespace GeminiBatch;

/// <summary>What an answer rests on, as the service tells it (protocol: 6, groundingMetadata).</summary>
/// <param name="Queries">The search queries that the model made. The service bills by query, and sometimes more of them than it shows.</param>
/// <param name="Sources">The sources that were found, in the service's order.</param>
/// <param name="Json">The whole metadata as the service gave it, UTF-8.</param>
public sealed record GeminiGrounding(IReadOnlyList<string> Queries, IReadOnlyList<GeminiGroundingSource> Sources, ReadOnlyMemory<byte> Json)
{
    /// <summary>Whether there is a query or a source: an empty object grounds nothing.</summary>
    public bool IsGrounded => Queries.Count > 0 || Sources.Count > 0;
}
