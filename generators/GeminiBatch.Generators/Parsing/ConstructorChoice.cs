using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>Which constructor makes a value.</summary>
internal static class ConstructorChoice
{
    private const string Chosen = "System.Text.Json.Serialization.JsonConstructorAttribute";

    /// <returns>The constructor, or null after a diagnostic.</returns>
    public static IMethodSymbol? Choose(TypeGraphParser graph, INamedTypeSymbol type, string path, Location? location)
    {
        if (type.IsAbstract)
        {
            graph.Report(Rules.NoConstructor, location, path, type.Name, "is abstract. Use a type that can be constructed.");
            return null;
        }

        var candidates = type.InstanceConstructors.Where(constructor => IsUsable(graph.Compilation, constructor)).ToList();
        var choice = candidates.FirstOrDefault(static constructor => Attributes.Has(constructor, Chosen))
            ?? candidates.FirstOrDefault(constructor => IsPrimary(constructor, graph.Cancellation))
            ?? Only(candidates.Where(static constructor => !constructor.IsImplicitlyDeclared))
            ?? candidates.FirstOrDefault(static constructor => constructor.Parameters.Length == 0)
            ?? Only(candidates.Where(constructor => constructor.Parameters.All(parameter => MemberParser.PropertyOf(type, parameter) is not null)));
        if (choice is null)
        {
            graph.Report(Rules.NoConstructor, location, path, type.Name, candidates.Count == 0
                ? "has no constructor that generated code can call. Make one public or internal."
                : "has several constructors. Mark the one to use with [JsonConstructor].");
        }

        return choice;
    }

    private static bool IsUsable(Compilation compilation, IMethodSymbol constructor)
    {
        var isCopy = constructor.ContainingType.IsRecord && constructor.Parameters.Length == 1
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);
        return !isCopy && compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly)
            && constructor.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In);
    }

    private static bool IsPrimary(IMethodSymbol constructor, CancellationToken cancellation) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax);

    private static IMethodSymbol? Only(IEnumerable<IMethodSymbol> constructors)
    {
        var list = constructors.ToList();
        return list.Count == 1 ? list[0] : null;
    }
}
