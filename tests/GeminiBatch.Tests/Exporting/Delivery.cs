namespace GeminiBatch.Tests.Exporting;

/// <summary>A delivery with every shape that a flat row has to keep apart.</summary>
[ExtractionSchema]
public sealed partial record Delivery(
    string Status, DateOnly On, TimeOnly? At, decimal Weight, double Share, long Count, bool? Checked, Guid? Reference,
    Person Sender, Person? Receiver, IReadOnlyList<string> Notes, IReadOnlyDictionary<string, int>? Codes, string? Remark)
{
    /// <summary>How many boxes.</summary>
    public int Boxes { get; init; } = 1;
}

/// <summary>Somebody, of whom nothing may be known.</summary>
public sealed record Person(string? Name, Place? Home);

/// <summary>A place.</summary>
public sealed record Place(string City, int? Number);
