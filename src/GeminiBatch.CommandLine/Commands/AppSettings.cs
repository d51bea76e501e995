namespace GeminiBatch;

/// <summary>What the command line says, with every default filled in.</summary>
internal sealed record AppSettings
{
    /// <summary>The folder of documents; null when none was given and the program's own was not found.</summary>
    public string? Documents { get; init; }

    public required string Pattern { get; init; }

    public bool SkipUnreadable { get; init; }

    /// <summary>The run's name as given; null when it was not.</summary>
    public string? Run { get; init; }

    /// <summary>
    /// The run that is meant without <c>--run</c>, made from the program or the folder. Emulated runs have names of their own, so that the same
    /// program can ask Gemini next without mixing the two.
    /// </summary>
    public required string DefaultRun { get; init; }

    public string RunOrDefault => Run ?? DefaultRun;

    public required string Ledger { get; init; }

    public decimal? LedgerMaxMegabytes { get; init; }

    public string? Model { get; init; }

    /// <summary><c>emulator</c>, <c>developer</c>, <c>vertex</c>, or null for the one that the run was made with.</summary>
    public string? Backend { get; init; }

    /// <summary>Whether the backend is the embedded emulator's form of it.</summary>
    public bool Emulator { get; init; }

    /// <summary>The Google Cloud project of Vertex AI; null for the one of environment or login.</summary>
    public string? Project { get; init; }

    public string? Location { get; init; }

    public string? Bucket { get; init; }

    public bool CreateBucket { get; init; }

    public Uri? Endpoint { get; init; }

    public decimal? MaxCost { get; init; }

    public int? MaxAttempts { get; init; }

    public bool AllowSearchCost { get; init; }

    /// <summary>How many rows the backend counts the tokens of; null for none.</summary>
    public int? CountTokens { get; init; }

    public decimal? OlderThanDays { get; init; }

    public required string Output { get; init; }

    public bool IsOutputGiven { get; init; }

    /// <summary>Where the embedded emulator keeps its jobs.</summary>
    public required string EmulatorFolder { get; init; }

    public RecipeChange? OnRecipeChange { get; init; }

    public int EmulatorPort { get; init; }

    public bool Noise { get; init; }

    public int Seed { get; init; }

    public bool Json { get; init; }

    public bool FailOnFailures { get; init; }

    public bool Yes { get; init; }

    public bool PayAgain { get; init; }

    public bool Online { get; init; }

    public bool Deep { get; init; }

    public bool Verbose { get; init; }

    public long? LedgerMaxPages => LedgerMaxMegabytes is { } megabytes ? Math.Max(1, (long)(megabytes * 1024 * 1024 / 4096)) : null;
}
