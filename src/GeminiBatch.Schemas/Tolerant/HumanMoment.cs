namespace GeminiBatch;

/// <summary>A date, time, duration or identifier read from text.</summary>
/// <param name="Text">Its wire form; null when it cannot be read or is ambiguous.</param>
/// <param name="Ambiguity">Both readings, when there are two.</param>
/// <param name="Given">A form other than the usual one that strict readers accept as well, when the text is written so.</param>
internal readonly record struct HumanMoment(string? Text, string? Ambiguity, string? Given = null)
{
    public static HumanMoment Of(string text) => new(text, null);

    /// <summary>Whether a text is the wire form already.</summary>
    public bool IsWireForm(string text) => string.Equals(text, Text, StringComparison.Ordinal) || (Given is not null && string.Equals(text, Given, StringComparison.Ordinal));
}
