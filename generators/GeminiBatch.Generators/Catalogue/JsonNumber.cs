namespace GeminiBatch.Generators;

/// <param name="Text">The number as it is written, which no type of .NET holds for all numbers.</param>
internal sealed record JsonNumber(string Text);
