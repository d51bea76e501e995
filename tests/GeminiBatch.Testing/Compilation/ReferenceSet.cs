using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Testing;

/// <summary>The assemblies that code under test is compiled against, loaded once per process.</summary>
public static class ReferenceSet
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "System.dll"))
            .Order(StringComparer.Ordinal)
            .Select(static path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The platform itself.</summary>
    public static ImmutableArray<MetadataReference> Platform => s_platform.Value;

    /// <summary>The platform and the assemblies of some types.</summary>
    public static ImmutableArray<MetadataReference> With(params Type[] types) =>
        [.. Platform, .. types.Select(static type => MetadataReference.CreateFromFile(type.Assembly.Location))];
}
