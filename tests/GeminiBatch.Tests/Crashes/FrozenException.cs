namespace GeminiBatch.Tests.Crashes;

/// <summary>The moment at which a program is taken to have died.</summary>
internal sealed class FrozenException(string point) : Exception($"Frozen at {point}.");
