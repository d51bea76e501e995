using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GeminiBatch.TypeCases;

internal sealed record Holder<T>(T Value);

internal sealed record OptionalText(string? Value);

internal sealed record DefaultNumber(int Value = 3);

internal sealed record BoundedNumber([Range(0, 10)] int Value);

internal enum Shade
{
    Light,
    [JsonStringEnumMemberName("very dark")]
    Dark,
}

internal sealed record Part(string Name);

internal readonly record struct Point(int X, int Y);

internal sealed class Box
{
    public required string Label { get; init; }

    public int Count { get; set; } = 1;
}

internal abstract record Animal(string Name);

internal sealed record Dog(string Name, int Legs) : Animal(Name);

internal sealed record Page<T>(IReadOnlyList<T> Rows, int Number);

internal sealed record Section(string Title, Section? Next, IReadOnlyList<Section> Children);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Transfer), "transfer")]
internal abstract record Payment;

internal sealed record Card(string LastDigits) : Payment;

internal sealed record Transfer(string Iban) : Payment;

[BatchMetadata]
internal sealed partial record Origin(string Supplier, int? Year, Shade Shade, [property: JsonEncoded] IReadOnlyList<Part> Parts);
