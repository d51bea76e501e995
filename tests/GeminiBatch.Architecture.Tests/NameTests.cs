using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GeminiBatch.Architecture.Tests;

/// <summary>Public names: one namespace for users, no clash with what stands beside it in a program.</summary>
public sealed class NameTests
{
    private static readonly string[] ReservedNames = ["Document", "Run", "Job", "File", "Content", "Part", "Schema"];

    public static TheoryData<string> Assemblies() => [.. PublicAssemblies.Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void User_facing_types_live_in_one_namespace(string assembly)
    {
        var elsewhere = PublicAssemblies.TypesOf(assembly)
            .Where(type => type.Namespace is not ("GeminiBatch" or "GeminiBatch.Runtime" or "Microsoft.Extensions.DependencyInjection"))
            .Select(type => type.FullName);

        Assert.Empty(elsewhere);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_public_type_takes_a_name_that_a_program_already_has(string assembly)
    {
        var taken = FrameworkNames().Concat(GoogleNames()).Concat(ReservedNames).ToHashSet(StringComparer.Ordinal);

        var clashes = PublicAssemblies.TypesOf(assembly)
            .Where(type => type.Namespace == "GeminiBatch" && !type.IsNested)
            .Select(type => type.Name.Split('`')[0])
            .Where(taken.Contains);

        Assert.Empty(clashes);
    }

    [Fact]
    public void One_public_name_means_one_type_in_all_assemblies()
    {
        var twice = PublicAssemblies.Names.SelectMany(PublicAssemblies.TypesOf)
            .GroupBy(type => type.FullName, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(twice);
    }

    private static IEnumerable<string> GoogleNames() =>
        File.ReadLines(Repository.PathOf("tests", "GeminiBatch.Architecture.Tests", "Names", "Google.GenAI.txt"))
            .Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>Public types of System.* and Microsoft.Extensions.* in the frameworks that these tests run on.</summary>
    private static IEnumerable<string> FrameworkNames()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var web = core.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);
        var files = Directory.EnumerateFiles(core, "*.dll").Concat(Directory.EnumerateFiles(web, "*.dll"))
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            using var image = new PEReader(stream);
            if (!image.HasMetadata)
            {
                continue;
            }

            var metadata = image.GetMetadataReader();
            foreach (var handle in metadata.TypeDefinitions)
            {
                var type = metadata.GetTypeDefinition(handle);
                var space = metadata.GetString(type.Namespace);
                if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
                    && (space.StartsWith("System", StringComparison.Ordinal)
                        || space.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)))
                {
                    yield return metadata.GetString(type.Name).Split('`')[0];
                }
            }
        }
    }
}
