namespace GeminiBatch;

/// <summary>A bucket, as the service described it at one moment (protocol: 4).</summary>
public sealed record CloudBucket
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it lies, in lower case: a region such as <c>us-central1</c>, a dual-region such as <c>nam4</c>, or a multi-region such as <c>us</c>.</summary>
    public required string Location { get; init; }

    /// <summary><c>region</c>, <c>dual-region</c> or <c>multi-region</c>; empty when not told.</summary>
    public string LocationType { get; init; } = "";

    /// <summary>Whether access is decided for the bucket as a whole.</summary>
    public bool HasUniformAccess { get; init; }

    /// <summary>Rules that delete objects by age: the beginning of their names (empty for all) and the days after which they go.</summary>
    public IReadOnlyList<(string Prefix, int Days)> Deletions { get; init; } = [];

    /// <summary>After how many days an object of a name is deleted; null for never.</summary>
    /// <param name="name">The object's name.</param>
    public int? DaysUntilDeletion(string name)
    {
        int? days = null;
        foreach ((string prefix, int age) in Deletions)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && (days is null || age < days))
            {
                days = age;
            }
        }

        return days;
    }
}
