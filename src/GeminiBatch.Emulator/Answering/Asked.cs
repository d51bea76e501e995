namespace GeminiBatch.Emulator;

/// <summary>Who asks whom: the model that serves, the owner of files, and which backend it is.</summary>
internal sealed record Asked(string Model, string Owner, bool OnVertex);
