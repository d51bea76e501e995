namespace GeminiBatch;

/// <summary>A date, time, duration or identifier read from text.</summary>
/// <param name="Text">Its wire form; null when it cannot be read or is ambiguous.</param>
/// <param name="Ambiguity">Both readings, when there are two.</param>
internal readonly record struct HumanMoment(string? Text, string? Ambiguity)
{
    public static HumanMoment Of(string text) => new(text, null);
}
