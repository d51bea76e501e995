namespace GeminiBatch.Architecture.Tests;

/// <summary>The public surface of every library is a checked-in file: a change to it is a decision, never an accident.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies() => [.. PublicAssemblies.Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_surface_is_the_recorded_one(string assembly)
    {
        var folder = Repository.PathOf("tests", "GeminiBatch.Architecture.Tests", "PublicApi");
        var recorded = Path.Combine(folder, $"{assembly}.verified.txt");
        var received = Path.Combine(folder, $"{assembly}.received.txt");
        var actual = ApiText.Of(PublicAssemblies.TypesOf(assembly));

        if (File.Exists(recorded) && File.ReadAllText(recorded).ReplaceLineEndings("\n") == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public surface of {assembly} changed. Review {received} and, if it is meant, move it over {Path.GetFileName(recorded)}.");
    }
}
