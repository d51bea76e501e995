namespace GeminiBatch;

/// <summary>What the command line asks of the embedded emulator; pass it on to <c>GeminiEmulator.StartAsync</c>.</summary>
public sealed record EmulatorSetup
{
    /// <summary>The folder that keeps the emulator's jobs and files, beside the ledger, so that a program that was killed finds its jobs again.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The TCP port from <c>--emulator-port</c>; 0 lets the system choose one.</summary>
    public int Port { get; init; }

    /// <summary>The seed of everything random from <c>--seed</c>: same seed, same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether answers are to be as messy as real ones (<c>--noise realistic</c>, the default) or clean (<c>--noise none</c>).</summary>
    public bool Noise { get; init; } = true;
}
