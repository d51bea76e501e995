using System.Globalization;
using FsCheck;

namespace GeminiBatch.Testing;

/// <summary>How often a property is tried, and with which values: the same ones in every build, so that none fails by chance.</summary>
/// <remarks>
/// <c>GEMINI_BATCH_PROPERTY_SEED</c> takes other values: <c>random</c>, or the pair that a failure prints first, such as <c>20261122,7</c>.
/// <c>GEMINI_BATCH_PROPERTY_ROUNDS</c> tries every property that many times.
/// </remarks>
public static class PropertyRounds
{
    private const string Seed = "GEMINI_BATCH_PROPERTY_SEED";

    /// <summary>Tries a property this many times and throws what makes it false, with the seed.</summary>
    public static Config Of(int rounds)
    {
        var longer = Environment.GetEnvironmentVariable("GEMINI_BATCH_PROPERTY_ROUNDS");
        var config = Config.QuickThrowOnFailure.WithMaxTest(string.IsNullOrEmpty(longer) ? rounds : int.Parse(longer, CultureInfo.InvariantCulture));
        var seed = Environment.GetEnvironmentVariable(Seed);
        if (seed == "random")
        {
            return config;
        }

        var pair = string.IsNullOrEmpty(seed) ? ["20261122", "7"] : seed.Trim('(', ')').Split(',');
        return pair is [var start, var gamma]
            ? config.WithReplay(ulong.Parse(start, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{Seed} is 'random' or two numbers such as 20261122,7, and not '{seed}'.");
    }
}
