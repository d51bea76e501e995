namespace GeminiBatch.Conformance;

/// <summary>The count of one suite.</summary>
internal sealed record SuiteSummary(string Suite, int Passed, int Failed, int Excluded)
{
    public int Total => Passed + Failed + Excluded;

    /// <summary>Passed of those not excluded, in percent.</summary>
    public double PassedPercent => Total == Excluded ? 100 : 100.0 * Passed / (Total - Excluded);

    /// <summary>Excluded of all, in percent.</summary>
    public double ExcludedPercent => Total == 0 ? 0 : 100.0 * Excluded / Total;
}
