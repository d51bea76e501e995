using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch.Tests;

/// <summary>Where a receipt comes from; written by hand what a generator would emit.</summary>
public sealed record Provenance(string Supplier, int Year) : IBatchMetadata<Provenance>
{
    static void IBatchMetadata<Provenance>.Write(Provenance value, IDictionary<string, MetadataValue> destination)
    {
        destination["supplier"] = value.Supplier;
        destination["year"] = value.Year;
    }

    static bool IBatchMetadata<Provenance>.TryRead(IReadOnlyDictionary<string, MetadataValue> source, [MaybeNullWhen(false)] out Provenance value, out string? error)
    {
        var isWhole = source.TryGetValue("supplier", out var supplier) & source.TryGetValue("year", out var year);
        value = isWhole ? new Provenance(supplier.AsText!, (int)year.AsInteger!.Value) : null;
        error = isWhole ? null : "A value is missing.";
        return isWhole;
    }
}
