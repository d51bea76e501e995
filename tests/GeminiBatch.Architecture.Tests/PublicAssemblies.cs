using System.Reflection;

namespace GeminiBatch.Architecture.Tests;

/// <summary>The libraries that users reference.</summary>
internal static class PublicAssemblies
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "GeminiBatch.Schemas", "GeminiBatch.Client", "GeminiBatch.GoogleAuth", "GeminiBatch", "GeminiBatch.Pdf", "GeminiBatch.CommandLine", "GeminiBatch.Emulator", "GeminiBatch.Scaffolding",
    ];

    public static IEnumerable<Type> TypesOf(string assembly) =>
        Assembly.Load(new AssemblyName(assembly)).GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);
}
