using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GeminiBatch.Schemas.Tests;

/// <summary>What System.Text.Json reads and writes in the same way: unions, generics, inheritance, immutable collections and free values.</summary>
[ExtractionSchema(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
public sealed partial record Exchange(
    Payment FirstPayment, Payment? Second, ImmutableList<Payment> Others, Page<int?> Numbers, Page<string> TextPage, ImmutableDictionary<string, Shade> ShadesByName,
    JsonNode? Free, DateOnly Day, TimeOnly Clock, Guid Id, decimal Exact, ulong Wide, Shade? Maybe)
{
    public string IBANNumber { get; init; } = "none";

    [JsonIgnore]
    public int Ignored { get; set; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CardPayment), "card")]
[JsonDerivedType(typeof(CashPayment), "cash")]
public abstract record Payment
{
    public decimal? Amount { get; init; }
}

public sealed record CardPayment(string Number, Payment? Before) : Payment;

public sealed record CashPayment : Payment
{
    public bool IsForeign { get; set; }
}

public sealed record Page<T>(ImmutableArray<T> Rows)
{
    public int Size { get; init; } = 10;
}
