namespace GeminiBatch.Testing;

/// <summary>The sources that the running tests were built from.</summary>
public static class SourceTree
{
    /// <summary>The folder of <c>GeminiBatch.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

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
