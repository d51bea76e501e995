using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>Turns an annotated declaration into the models to print.</summary>
internal static class RootParser
{
    // The compiler that the generator is built against does not name it yet.
    private const int CSharp14 = 1400;

    public static ParseResult Parse(GeneratorAttributeSyntaxContext target, RootKind kind, CancellationToken cancellation)
    {
        var result = new ParseResult();
        try
        {
            SchemaGenerator.InInvariantCulture(() => Parse(result, target, kind, cancellation));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var location = target.TargetNode.GetLocation();
            result.Diagnostics.Add(Diagnostic.Create(Rules.InternalFailure, location, target.TargetSymbol.Name, exception.ToString().Replace('\n', ' ')));
        }

        return result;
    }

    private static bool Parse(ParseResult result, GeneratorAttributeSyntaxContext target, RootKind kind, CancellationToken cancellation)
    {
        var annotated = (INamedTypeSymbol)target.TargetSymbol;
        var location = ((TypeDeclarationSyntax)target.TargetNode).Identifier.GetLocation();
        var version = ((CSharpCompilation)target.SemanticModel.Compilation).LanguageVersion;
        if ((int)version < CSharp14)
        {
            result.Diagnostics.Add(Diagnostic.Create(Rules.LanguageVersion, location, version.ToDisplayString()));
            return false;
        }

        if (DeclarationParser.Parse(annotated) is not { } declarations)
        {
            // Reported by the analyzer, which has the code fix.
            return false;
        }

        foreach (var attribute in target.Attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            var place = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? annotated.Locations[0];
            var root = kind == RootKind.Foreign ? attribute.AttributeClass!.TypeArguments[0] : annotated;
            if (RootRefusal.Of(root, kind, annotated, target.SemanticModel.Compilation, attribute) is { } reason)
            {
                result.Diagnostics.Add(Diagnostic.Create(Rules.UnsupportedRoot, place, root.ToDisplayString(), reason));
            }
            else
            {
                ParseRoot(result, new TypeGraphParser(target.SemanticModel.Compilation, result.Diagnostics, place, Naming(attribute), cancellation), kind, annotated, declarations, root, attribute);
            }
        }

        return true;
    }

    private static void ParseRoot(
        ParseResult result, TypeGraphParser parser, RootKind kind, INamedTypeSymbol annotated, EquatableArray<string> declarations, ITypeSymbol root, AttributeData attribute)
    {
        var rootName = TypeNames.Short(root);
        if (kind == RootKind.Metadata ? !parser.TryParseMetadata(annotated) : !parser.TryParseRoot(root, rootName))
        {
            return;
        }

        var holder = kind == RootKind.Foreign ? RootNames.Property(annotated, root) : null;
        var name = Named(attribute, "Name") as string;
        result.Models.Add(new SchemaModel
        {
            Kind = kind,
            Name = string.IsNullOrWhiteSpace(name) ? rootName : name!,
            HintName = HintNames.Of(annotated, holder, kind),
            Namespace = annotated.ContainingNamespace.IsGlobalNamespace ? null : annotated.ContainingNamespace.ToDisplayString(TypeNames.Namespace),
            Declarations = declarations,
            Identifier = RootNames.Identifier(annotated, holder),
            HolderProperty = holder,
            Cref = TypeNames.Cref(root),
            IsPublic = IsPublic(kind == RootKind.Foreign ? root : annotated),
            IsValueType = root.IsValueType,
            Types = new(parser.Types),
        });
    }

    private static JsonNaming Naming(AttributeData attribute) => Named(attribute, "PropertyNamingPolicy") is int policy ? (JsonNaming)policy : JsonNaming.CamelCase;

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    /// <summary>Whether a public member may be of the type.</summary>
    private static bool IsPublic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        INamedTypeSymbol named => DeclarationParser.Containers(named).All(static container =>
            container.DeclaredAccessibility == Accessibility.Public && container.TypeArguments.All(IsPublic)),
        _ => true,
    };
}
