using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>What other assemblies say of their types: whole schemas, and the members that have initializers.</summary>
internal static class DeclaredSchemas
{
    // As long as the compilation that the assembly was asked for in.
    private static readonly ConditionalWeakTable<IAssemblySymbol, DeclaredTypes> s_declared = new();

    /// <summary>The descriptor of a type that another assembly has a schema for; null where it has none.</summary>
    public static string? DescriptorOf(Compilation compilation, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) ? null
        : Of(type.ContainingAssembly).Descriptors.TryGetValue(type, out var json) ? json : null;

    /// <summary>The members of a type that have an initializer; null where its assembly does not say.</summary>
    public static IReadOnlyCollection<string>? DefaultsOf(INamedTypeSymbol type) => Of(type.ContainingAssembly).Defaults.TryGetValue(type.OriginalDefinition, out var members) ? members : null;

    private static DeclaredTypes Of(IAssemblySymbol assembly) => s_declared.GetValue(assembly, static assembly => new(assembly));

    private sealed class DeclaredTypes
    {
        public DeclaredTypes(IAssemblySymbol assembly)
        {
            foreach (var attribute in assembly.GetAttributes().Where(static attribute => attribute.ConstructorArguments.Length == 2))
            {
                if (attribute.ConstructorArguments[0].Value is not ISymbol type)
                {
                    continue;
                }

                if (KnownTypes.Is(attribute.AttributeClass, "GeminiBatch.Runtime.DeclaredSchemaAttribute") && attribute.ConstructorArguments[1].Value is string json)
                {
                    Descriptors[type] = json;
                }
                else if (KnownTypes.Is(attribute.AttributeClass, "GeminiBatch.Runtime.DeclaredDefaultsAttribute"))
                {
                    Defaults[type] = [.. attribute.ConstructorArguments[1].Values.Select(static member => member.Value as string).OfType<string>()];
                }
            }
        }

        public Dictionary<ISymbol, string> Descriptors { get; } = new(SymbolEqualityComparer.Default);

        public Dictionary<ISymbol, string[]> Defaults { get; } = new(SymbolEqualityComparer.Default);
    }
}
