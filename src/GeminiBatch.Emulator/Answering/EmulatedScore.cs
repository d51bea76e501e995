namespace GeminiBatch;

/// <summary>What a judge says of a row, by script: the emulator has no judgement of its own.</summary>
/// <param name="KeyPattern">The keys of the rows that are judged so: <c>*</c> stands for any text.</param>
/// <param name="Score">The score, 0 to 1.</param>
/// <param name="Reason">The sentence that goes with it.</param>
public sealed record EmulatedScore(string KeyPattern, double Score, string Reason = "Scripted.");
