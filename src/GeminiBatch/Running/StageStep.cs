namespace GeminiBatch;

/// <summary>What one step of a stage came to.</summary>
/// <param name="HasActed">Whether anything changed: then every stage is asked again.</param>
/// <param name="DueAt">When the stage wants to be asked again at the latest, in milliseconds since 1970; <see langword="null"/> for never by itself.</param>
internal readonly record struct StageStep(bool HasActed, long? DueAt)
{
    public static StageStep Idle => new(false, null);

    public static StageStep Done => new(true, null);

    public static StageStep WaitUntil(long? dueAt) => new(false, dueAt);

    public static long? Earliest(long? one, long? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
