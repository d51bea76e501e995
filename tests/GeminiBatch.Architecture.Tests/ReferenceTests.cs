using System.Xml.Linq;

namespace GeminiBatch.Architecture.Tests;

/// <summary>The arrows of the house: which project may know which.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["GeminiBatch.Schemas"] = [],
        ["GeminiBatch.Client"] = [],
        ["GeminiBatch.GoogleAuth"] = ["GeminiBatch.Client"],
        ["GeminiBatch"] = ["GeminiBatch.Client", "GeminiBatch.Schemas"],
        ["GeminiBatch.Pdf"] = ["GeminiBatch"],
        ["GeminiBatch.CommandLine"] = ["GeminiBatch", "GeminiBatch.GoogleAuth"],
        ["GeminiBatch.Cli"] = ["GeminiBatch.CommandLine", "GeminiBatch.Emulator"],
        ["GeminiBatch.Emulator"] = [],
        ["GeminiBatch.Scaffolding"] = [],
        ["GeminiBatch.Generators"] = [],
        ["GeminiBatch.CodeFixes"] = [],
        ["GeminiBatch.ModelConstants"] = [],
    };

    public static TheoryData<string> ProductProjects() => [.. ProjectFiles("src").Concat(ProjectFiles("generators"))];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_references_only_what_its_arrows_allow(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Arrows.ContainsKey(name), $"{name} has no place in the house: add its arrows here and to the design.");

        var references = ProjectReferences(project);

        Assert.Equal(Arrows[name].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GeminiBatch.Schemas")]
    [InlineData("GeminiBatch.Generators")]
    [InlineData("GeminiBatch.CodeFixes")]
    [InlineData("GeminiBatch.ModelConstants")]
    public void A_project_without_dependencies_has_no_packages_but_the_compiler(string name)
    {
        var project = ProjectFiles("src").Concat(ProjectFiles("generators"))
            .Single(file => Path.GetFileNameWithoutExtension(file) == name);

        var packages = XDocument.Load(Repository.PathOf(project)).Descendants("PackageReference")
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .Where(package => !package.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal));

        Assert.Empty(packages);
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("GeminiBatch.sln")).Replace('\\', '/');

        Assert.All(
            new[] { "src", "generators", "tests", "samples" }.SelectMany(ProjectFiles),
            project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_product_project_has_a_test_project()
    {
        var tests = ProjectFiles("tests").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        // The tool is a shell around the command line and is tested as a process from there; code fixes are tested beside the generator, the constants in the client.
        var withoutOwnTests = ProjectFiles("src").Concat(ProjectFiles("generators"))
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !tests.Contains($"{name}.Tests"));

        Assert.Equal(["GeminiBatch.Cli", "GeminiBatch.CodeFixes", "GeminiBatch.ModelConstants"], withoutOwnTests.Order(StringComparer.Ordinal));
    }

    private static List<string> ProjectReferences(string project) =>
    [
        .. XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference")
            .Where(reference => !string.Equals(
                (string?)reference.Attribute("ReferenceOutputAssembly"), "false", StringComparison.OrdinalIgnoreCase))
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))),
    ];

    private static IEnumerable<string> ProjectFiles(string room) =>
        Repository.Files("*.csproj")
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => file.StartsWith(room + "/", StringComparison.Ordinal));
}
