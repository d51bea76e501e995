namespace GeminiBatch;

/// <summary>What a batch file is checked for.</summary>
public sealed record RequestValidationOptions
{
    /// <summary>The backend that is to run it: <c>developer</c> or <c>vertex</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>The model that is to run it; null takes the one that a row names, and leaves rules that need a model out where none does.</summary>
    public string? Model { get; init; }

    /// <summary>Limits and models; null for <see cref="GeminiCatalogue.Default"/>.</summary>
    public GeminiCatalogue? Catalogue { get; init; }

    /// <summary>The day on which models may be retired, in UTC; null leaves dates out of account.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Other severities than the rules' own, by rule id.</summary>
    public IReadOnlyDictionary<string, RuleSeverity> Severities { get; init; } = new Dictionary<string, RuleSeverity>(0);
}
