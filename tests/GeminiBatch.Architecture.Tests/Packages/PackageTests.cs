using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace GeminiBatch.Architecture.Tests;

/// <summary>What lies in the packages, and that a clean project outside this checkout works with nothing but them.</summary>
public sealed class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Fact]
    public void The_generator_travels_in_exactly_one_slot_and_alone()
    {
        using var package = Open("GeminiBatch.Schemas");

        var analyzers = package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("analyzers/", StringComparison.Ordinal));

        Assert.Equal(
            ["analyzers/dotnet/cs/GeminiBatch.CodeFixes.dll", "analyzers/dotnet/cs/GeminiBatch.Generators.dll"],
            analyzers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_generator_asks_for_no_newer_compiler_than_the_declared_floor()
    {
        var floor = Version.Parse(XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("RoslynVersion")
            .Single(version => version.Attribute("Condition") is null).Value);
        using var package = Open("GeminiBatch.Schemas");
        using var bytes = new MemoryStream();
        using (var entry = package.GetEntry("analyzers/dotnet/cs/GeminiBatch.Generators.dll")!.Open())
        {
            entry.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var image = new PEReader(bytes);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(reference => metadata.GetString(reference.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.Version.Major < floor.Major || (reference.Version.Major == floor.Major && reference.Version.Minor <= floor.Minor)));
    }

    [Fact]
    public async Task A_clean_project_that_references_only_GeminiBatch_gets_the_generator()
    {
        var folder = packages.NewFolder("consumer");
        await File.WriteAllTextAsync(Path.Combine(folder, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackedPackages.UserPackages}</RestoreFallbackFolders>
                <RestoreSources>{packages.Source}</RestoreSources>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="GeminiBatch" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), """
            using GeminiBatch;

            ParsedAnswer<Receipt> answer = Receipt.Schema.Parse("Sure! ```json\n{number: 'A-1', total: 12.5,}\n```");
            Console.WriteLine(answer.Succeeded ? $"{answer.Value.Number} {answer.Value.Total} {answer.Status}" : "failed");
            Console.WriteLine(ExtractionSchema.Of<Receipt>().Fields.Count);

            /// <summary>A receipt.</summary>
            /// <param name="Number">The number as printed.</param>
            /// <param name="Total">What was paid.</param>
            [ExtractionSchema]
            public sealed partial record Receipt(string Number, decimal Total);
            """, TestContext.Current.CancellationToken);

        var output = await PackedPackages.RunAsync(folder, "run");

        Assert.Equal("A-1 12.5 Repaired\n2\n", output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_package_says_what_it_is_and_how_it_may_be_used()
    {
        foreach (var file in Directory.EnumerateFiles(packages.Source, "*.nupkg"))
        {
            using var package = ZipFile.OpenRead(file);
            using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            var metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

            Assert.Equal("MIT", Value("license"));
            Assert.Equal("README.md", Value("readme"));
            Assert.True(Value("description").Length > 40, $"{Path.GetFileName(file)} needs a description.");
        }
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(packages.Source, $"{id}.{packages.Version}.nupkg"));
}
