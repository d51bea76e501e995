namespace GeminiBatch;

/// <summary>What one document is asked differently from the rest of its run. <see langword="null"/> members are the run's.</summary>
/// <remarks>Changing an override changes the row's key: the document is then extracted again.</remarks>
public sealed record RecipeOverrides
{
    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The task, in words.</summary>
    public string? Prompt { get; init; }

    /// <summary>The system instruction.</summary>
    public string? SystemInstruction { get; init; }

    /// <summary>Generation settings, in whole: they are not merged with the run's.</summary>
    public GenerationSettings? Settings { get; init; }

    /// <summary>Safety settings, in whole.</summary>
    public IReadOnlyList<GeminiSafetySetting>? Safety { get; init; }

    /// <summary>Tools, in whole.</summary>
    public IReadOnlyList<GeminiTool>? Tools { get; init; }
}
