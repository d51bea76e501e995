namespace GeminiBatch.Emulator;

/// <summary>SplitMix64: a generator whose sequence is fixed for ever, unlike System.Random's.</summary>
internal sealed class SeededRandom(ulong state)
{
    private ulong state = state;

    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var bits = state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public int Next(int exclusiveMaximum) => (int)(NextBits() % (ulong)exclusiveMaximum);

    public bool Strikes(double probability) => NextUnit() < probability;

    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
