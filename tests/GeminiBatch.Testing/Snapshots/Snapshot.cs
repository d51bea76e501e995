using System.Runtime.CompilerServices;
using Xunit;

namespace GeminiBatch.Testing;

/// <summary>
/// Compares text with a reviewed file beside the test, by the file conventions of Verify: <c>Name#Hint.verified.cs</c>, and
/// <c>Name#Hint.received.cs</c> where they differ. Set <c>UPDATE_SNAPSHOTS=1</c> to accept what was received.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares one text.</summary>
    /// <param name="received">What the code under test made.</param>
    /// <param name="name">The file's name up to <c>.verified</c>.</param>
    /// <param name="extension">The file's extension, without a dot.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    public static void Matches(string received, string name, string extension, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        var verifiedPath = Path.Combine(folder, $"{name}.verified.{extension}");
        var receivedPath = Path.Combine(folder, $"{name}.received.{extension}");
        var normalized = received.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : "";
        if (normalized == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verifiedPath, normalized);
            return;
        }

        File.WriteAllText(receivedPath, normalized);
        Assert.Fail($"{Path.GetFileName(verifiedPath)} does not match.\n{FirstDifference(verified, normalized)}\nCompare it with {Path.GetFileName(receivedPath)}.");
    }

    private static string FirstDifference(string verified, string received)
    {
        var expected = verified.Split('\n');
        var actual = received.Split('\n');
        for (var i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            var left = i < expected.Length ? expected[i] : "(end)";
            var right = i < actual.Length ? actual[i] : "(end)";
            if (left != right)
            {
                return $"Line {i + 1}\n  verified: {left}\n  received: {right}";
            }
        }

        return "";
    }
}
