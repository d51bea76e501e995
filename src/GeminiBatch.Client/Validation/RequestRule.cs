namespace GeminiBatch;

/// <summary>A rule that rows of a batch file are checked by.</summary>
/// <param name="Id">A name that never changes, such as <c>key-duplicate</c>.</param>
/// <param name="Developer">How bad breaking it is on the Developer API.</param>
/// <param name="Vertex">How bad breaking it is on Vertex AI.</param>
/// <param name="Reason">Why the rule is there, with the section of the protocol.</param>
/// <param name="Fix">What to do.</param>
public sealed record RequestRule(string Id, RuleSeverity Developer, RuleSeverity Vertex, string Reason, string Fix)
{
    /// <summary>How bad breaking it is on a backend.</summary>
    /// <param name="backend"><c>developer</c> or <c>vertex</c>.</param>
    public RuleSeverity On(string backend) => backend == "vertex" ? Vertex : Developer;
}
