namespace GeminiBatch;

/// <summary>How often one field of the schema was exactly what the ground truth says.</summary>
internal sealed class FieldAccuracy(string path)
{
    /// <summary>The field, e.g. <c>total</c> or <c>lines[].amount</c>.</summary>
    public string Path { get; } = path;

    public long Matched { get; private set; }

    public long Compared { get; private set; }

    /// <summary>The first value that was not as expected, for a person to look at.</summary>
    public (string DocumentId, string Expected, string Actual)? FirstMiss { get; private set; }

    public double Share => Compared == 0 ? 1 : (double)Matched / Compared;

    public void Add(bool matched, string documentId, string expected, string actual)
    {
        Compared++;
        if (matched)
        {
            Matched++;
        }
        else
        {
            FirstMiss ??= (documentId, expected, actual);
        }
    }
}
