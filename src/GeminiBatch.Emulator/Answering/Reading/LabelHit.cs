namespace GeminiBatch.Emulator;

/// <summary>A label found in a line, from <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal readonly record struct LabelHit(Concept Concept, int Weight, int Words, int Start, int End);
