namespace GeminiBatch;

/// <summary>What the environment's variables say about where jobs are sent, by the rules that Google's own clients follow (protocol: 5).</summary>
public static class GeminiEnvironment
{
    private const string EnterpriseSwitch = "GOOGLE_GENAI_USE_ENTERPRISE";
    private const string VertexSwitch = "GOOGLE_GENAI_USE_VERTEXAI";

    /// <summary>
    /// Whether <c>GOOGLE_GENAI_USE_ENTERPRISE</c>, or where that is not set <c>GOOGLE_GENAI_USE_VERTEXAI</c>, is <c>true</c> or <c>1</c> in any case. It decides only
    /// where a program leaves the choice open: options types choose by themselves.
    /// </summary>
    public static bool PrefersVertexAI => Prefers(Environment.GetEnvironmentVariable);

    internal static bool Prefers(Func<string, string?> environment) =>
        (ServiceSettings.Clean(environment(EnterpriseSwitch)) ?? ServiceSettings.Clean(environment(VertexSwitch)))?.ToUpperInvariant() is "TRUE" or "1";
}
