namespace GeminiBatch;

/// <summary>Tells a model that repeated itself to the limit from one that was merely cut off.</summary>
internal static class RepetitionLoop
{
    private const int LongestPeriod = 96;
    private const int ShortestRun = 160;
    private const int FewestRounds = 8;

    public static AnswerErrorKind CutKind(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> tail = text.TrimEnd(" \r\n\t"u8);
        for (int period = 1; period <= LongestPeriod; period++)
        {
            int run = Math.Max(ShortestRun, period * FewestRounds);
            if (tail.Length < run + period)
            {
                break;
            }

            if (tail[^run..].SequenceEqual(tail[^(run + period)..^period]))
            {
                return AnswerErrorKind.RepetitionLoop;
            }
        }

        return AnswerErrorKind.Truncated;
    }
}
