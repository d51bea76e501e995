using Xunit;

namespace GeminiBatch.Testing;

/// <summary>The sources that the running tests were built from.</summary>
public static class SourceTree
{
    /// <summary>The folder of <c>GeminiBatch.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of recorded data, which lies beside the repository and is not part of it; the test is skipped where it is absent.</summary>
    public static string Shared(params string[] path)
    {
        var shared = Path.Combine([Root, "..", "shared", .. path]);
        Assert.SkipUnless(Path.Exists(shared), $"../shared/{string.Join('/', path)} is not beside the repository.");
        return shared;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GeminiBatch.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"GeminiBatch.sln was not found above {AppContext.BaseDirectory}.");
    }
}
