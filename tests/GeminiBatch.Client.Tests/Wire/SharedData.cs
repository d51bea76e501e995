namespace GeminiBatch.Client.Tests.Wire;

/// <summary>Protocol samples and recorded payloads, which lie beside the repository and are not part of it.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder; the test is skipped where it is absent.</summary>
    public static string Path(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "GeminiBatch.sln")))
            {
                string path = System.IO.Path.Combine([folder.Parent!.FullName, "shared", .. parts]);
                Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"The recorded data '{string.Join('/', parts)}' is not on this machine.");
                return path;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    public static string Sample(string name) => File.ReadAllText(Path("spec", "samples", name));

    public static string[] Lines(params string[] parts) => File.ReadAllLines(Path(parts));
}
