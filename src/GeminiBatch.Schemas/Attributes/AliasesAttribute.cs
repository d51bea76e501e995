namespace GeminiBatch;

/// <summary>
/// Other names under which a model may give a field or an enum value. The tolerant reader accepts them and reports the match; the
/// model is not told about them.
/// </summary>
/// <param name="names">The other names, compared without regard to case and punctuation.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class AliasesAttribute(params string[] names) : Attribute
{
    /// <summary>The other names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
