using GeminiBatch;
using GeminiBatch.TypeCases;

// Trimming has taken away all that was not found to be used: every shape must still be parsed, validated, compared, written and mapped.
var faults = Cases.All.Select(static shape => (shape.CSharp, Fault: shape.Check())).Where(static shape => shape.Fault is not null).Select(static shape => $"{shape.CSharp}: {shape.Fault}").ToList();

var origin = new Origin("Acme", 2026, Shade.Dark, [new Part("x")]);
if (Map(origin) is not { } mapped || mapped with { Parts = origin.Parts } != origin || mapped.Parts[0] != origin.Parts[0])
{
    faults.Add("metadata was not mapped to the same value again");
}

foreach (var fault in faults)
{
    Console.Error.WriteLine(fault);
}

Console.WriteLine($"{Cases.All.Count} shapes, {faults.Count} faults");
return faults.Count == 0 ? 0 : 1;

static T? Map<T>(T value)
    where T : class, IBatchMetadata<T>
{
    var entries = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
    T.Write(value, entries);
    return T.TryRead(entries, out var read, out _) ? read : null;
}
