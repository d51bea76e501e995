namespace GeminiBatch;

/// <summary>Tokens of one answer, or of many added up (protocol: 6, usageMetadata). Absent counters are 0.</summary>
/// <param name="PromptTokens">Tokens of the prompt, cached ones included.</param>
/// <param name="CandidatesTokens">Tokens of the answer.</param>
/// <param name="ThoughtsTokens">Tokens of thinking, billed as output.</param>
/// <param name="CachedTokens">Part of <paramref name="PromptTokens"/> that came from a cache.</param>
/// <param name="ToolUseTokens">Tokens that tools added to the prompt.</param>
/// <param name="TotalTokens">The service's sum.</param>
public sealed record GeminiUsage(long PromptTokens, long CandidatesTokens, long ThoughtsTokens, long CachedTokens, long ToolUseTokens, long TotalTokens)
{
    /// <summary>No tokens at all.</summary>
    public static GeminiUsage None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Tokens billed as input: prompt and tool use.</summary>
    public long InputTokens => PromptTokens + ToolUseTokens;

    /// <summary>Tokens billed as output: answer and thoughts.</summary>
    public long OutputTokens => CandidatesTokens + ThoughtsTokens;

    /// <summary>Adds counters.</summary>
    /// <param name="left">One usage.</param>
    /// <param name="right">Another.</param>
    public static GeminiUsage operator +(GeminiUsage left, GeminiUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new GeminiUsage(
            left.PromptTokens + right.PromptTokens,
            left.CandidatesTokens + right.CandidatesTokens,
            left.ThoughtsTokens + right.ThoughtsTokens,
            left.CachedTokens + right.CachedTokens,
            left.ToolUseTokens + right.ToolUseTokens,
            left.TotalTokens + right.TotalTokens);
    }

    /// <inheritdoc cref="op_Addition" />
    public GeminiUsage Add(GeminiUsage right) => this + right;
}
