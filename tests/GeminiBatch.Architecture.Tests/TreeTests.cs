namespace GeminiBatch.Architecture.Tests;

/// <summary>The tree itself: what may lie where.</summary>
public sealed class TreeTests
{
    private static readonly string[] KindFolders =
        ["Interfaces", "Helpers", "Models", "Utils", "Utilities", "Common", "Abstractions", "Extensions", "Enums", "Exceptions", "Services"];

    [Fact]
    public void The_top_level_holds_rooms_and_root_configuration_only()
    {
        string[] allowed =
        [
            "artifacts", "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "GeminiBatch.sln",
            "generators", "global.json", "README.md", "samples", "src", "TestResults", "tests",
        ];
        string[] kinds = [".cs", ".csproj", ".md", ".props", ".sln", ".slnx", ".targets"];

        // Programs that work on a clone leave hidden folders and logs there, which are nobody's room.
        var root = new DirectoryInfo(Repository.Root);
        var entries = root.EnumerateDirectories().Select(folder => folder.Name).Where(name => name[0] != '.')
            .Concat(root.EnumerateFiles().Select(file => file.Name).Where(name => kinds.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)));

        Assert.Empty(entries.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_is_a_stage_or_a_subject_and_never_a_kind()
    {
        var folders = Repository.Files("*.cs")
            .SelectMany(file => Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).SkipLast(1))
            .Distinct(StringComparer.Ordinal);

        // The catalogue's room in the client is named after Google's resource "models".
        Assert.Empty(folders.Intersect(KindFolders.Except(["Models"]), StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_stays_short_enough_to_hold_in_the_head()
    {
        var long_files = Repository.Files("*.cs")
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(entry => entry.Lines > 420)
            .Select(entry => $"{entry.File}: {entry.Lines} lines");

        Assert.Empty(long_files);
    }

    [Fact]
    public void No_folder_is_empty()
    {
        var empty = new[] { "src", "generators", "tests", "samples" }
            .SelectMany(room => Directory.EnumerateDirectories(Repository.PathOf(room), "*", SearchOption.AllDirectories))
            .Where(folder => !Repository.IsBuildOutput(folder) && !Directory.EnumerateFileSystemEntries(folder).Any());

        Assert.Empty(empty);
    }
}
