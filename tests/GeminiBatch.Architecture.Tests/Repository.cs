using GeminiBatch.Testing;

namespace GeminiBatch.Architecture.Tests;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    public static string Root => SourceTree.Root;

    public static string PathOf(params string[] segments) => Path.Combine([Root, .. segments]);

    /// <summary>Every file below the rooms of the house, build output aside.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        new[] { "src", "generators", "tests", "samples" }
            .Select(room => PathOf(room))
            .SelectMany(room => Directory.EnumerateFiles(room, pattern, SearchOption.AllDirectories))
            .Where(file => !IsBuildOutput(file))
            .Order(StringComparer.Ordinal);

    private static bool IsBuildOutput(string file) =>
        Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(segment => segment is "bin" or "obj" or "artifacts" or ".gemini-batch");
}
