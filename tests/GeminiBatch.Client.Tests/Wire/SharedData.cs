using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Wire;

/// <summary>Protocol samples and recorded payloads, which lie beside the repository and are not part of it.</summary>
internal static class SharedData
{
    public static string Path(params string[] parts) => SourceTree.Shared(parts);

    public static string Sample(string name) => File.ReadAllText(Path("spec", "samples", name));

    public static string[] Lines(params string[] parts) => File.ReadAllLines(Path(parts));
}
