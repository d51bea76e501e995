using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>The user's key in the environment, as the client finds it. It is never printed.</summary>
internal static class ApiKey
{
    private static readonly string[] s_names = ["GOOGLE_API_KEY", "GEMINI_API_KEY"];

    /// <summary>The variable that holds the key, and the key's fingerprint; null when there is none.</summary>
    public static (string Variable, string Fingerprint)? Find()
    {
        foreach (var name in s_names)
        {
            if (Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } key)
            {
                return (name, "k-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..8]);
            }
        }

        return null;
    }
}
