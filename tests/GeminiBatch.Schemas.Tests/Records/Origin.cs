namespace GeminiBatch.Schemas.Tests;

public enum Channel
{
    Mail,
    Portal,
}

[BatchMetadata]
public sealed partial record Origin(string Supplier, int Year, Channel Channel, decimal? Rate, ulong Big, DateOnly? Received)
{
    public bool Urgent { get; init; } = true;

    [JsonEncoded]
    public IReadOnlyList<LineItem>? Lines { get; init; }
}
