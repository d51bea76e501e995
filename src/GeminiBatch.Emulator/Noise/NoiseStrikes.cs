namespace GeminiBatch.Emulator;

/// <summary>Which quirks strike one answer.</summary>
internal sealed record NoiseStrikes
{
    private static readonly int[] ErrorCodes = [13, 13, 13, 13, 13, 4, 8, 14];

    public bool Fence { get; private init; }

    public bool Prose { get; private init; }

    public bool ThoughtParts { get; private init; }

    public bool SplitText { get; private init; }

    public bool ThoughtSignature { get; private init; }

    public bool TrailingComma { get; private init; }

    public bool EarlyClosedRoot { get; private init; }

    public bool Truncation { get; private init; }

    public bool TruncationLeavesNothing { get; private init; }

    public bool Recitation { get; private init; }

    public int? RowErrorCode { get; private init; }

    public bool MissingCandidatesTokenCount { get; private init; }

    public static NoiseStrikes Draw(EmulatorNoise noise, SeededRandom random)
    {
        var code = ErrorCodes[random.Next(ErrorCodes.Length)];
        return new NoiseStrikes
        {
            RowErrorCode = random.Strikes(noise.RowError) ? code : null,
            Recitation = random.Strikes(noise.Recitation),
            Truncation = random.Strikes(noise.Truncation),
            TruncationLeavesNothing = random.Strikes(0.25),
            EarlyClosedRoot = random.Strikes(noise.EarlyClosedRoot),
            TrailingComma = random.Strikes(noise.TrailingComma),
            Fence = random.Strikes(noise.Fence),
            Prose = random.Strikes(noise.Prose),
            ThoughtParts = random.Strikes(noise.ThoughtParts),
            SplitText = random.Strikes(noise.SplitText),
            ThoughtSignature = random.Strikes(noise.ThoughtSignature),
            MissingCandidatesTokenCount = random.Strikes(noise.MissingCandidatesTokenCount),
        };
    }
}
