namespace GeminiBatch.Benchmarks;

public enum OrderState
{
    Open,
    Shipped,
    Closed,
}

/// <summary>A record of the size and mix of a real extraction: about 2 KB of JSON with 16 lines.</summary>
[ExtractionSchema]
public sealed partial record Order(
    string Number, DateOnly IssuedOn, DateOnly? DueOn, string Supplier, string Customer, string? Reference, OrderState State, decimal Net, decimal Tax,
    decimal Total, bool Paid, IReadOnlyList<OrderLine> Lines);

public sealed record OrderLine(string Code, string Text, int Quantity, decimal Price, decimal Amount);
