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

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in target.Attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            ParseRoot(result, target, kind, annotated, declarations, attribute, taken, cancellation);
        }

        return true;
    }

    private static void ParseRoot(
        ParseResult result, GeneratorAttributeSyntaxContext target, RootKind kind, INamedTypeSymbol annotated, EquatableArray<string> declarations,
        AttributeData attribute, HashSet<string> taken, CancellationToken cancellation)
    {
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? annotated.Locations[0];
        var root = kind == RootKind.Foreign ? attribute.AttributeClass!.TypeArguments[0] : annotated;
        if (Refuse(root, kind, annotated, target.SemanticModel.Compilation) is { } reason && AddRefusal(reason))
        {
            return;
        }

        var rootName = TypeNames.Short(root);
        var parser = new TypeGraphParser(target.SemanticModel.Compilation, result.Diagnostics, location, cancellation);
        if (kind == RootKind.Metadata ? !parser.TryParseMetadata(annotated) : !parser.TryParseRoot(root, rootName))
        {
            return;
        }

        var holder = kind == RootKind.Foreign ? UniqueNames.Take(taken, rootName) : null;
        var identifier = string.Join("_", DeclarationParser.Containers(annotated).Select(static type => type.Name)) + (holder is null ? "" : "_" + holder);
        var name = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Name").Value.Value as string;
        result.Models.Add(new SchemaModel
        {
            Kind = kind,
            Name = string.IsNullOrWhiteSpace(name) ? rootName : name!,
            HintName = HintNames.Of(annotated, holder, kind),
            Namespace = annotated.ContainingNamespace.IsGlobalNamespace ? null : annotated.ContainingNamespace.ToDisplayString(TypeNames.Namespace),
            Declarations = declarations,
            Identifier = identifier,
            HolderProperty = holder,
            IsPublic = DeclarationParser.Containers(annotated).All(static type => type.DeclaredAccessibility == Accessibility.Public),
            IsValueType = root.IsValueType,
            Types = new(parser.Types),
        });

        bool AddRefusal(string text)
        {
            result.Diagnostics.Add(Diagnostic.Create(Rules.UnsupportedRoot, location, root.ToDisplayString(), text));
            return true;
        }
    }

    private static string? Refuse(ITypeSymbol root, RootKind kind, INamedTypeSymbol annotated, Compilation compilation)
    {
        if (DeclarationParser.Containers(annotated).Any(static type => type.IsGenericType) || root is INamedTypeSymbol { IsUnboundGenericType: true })
        {
            return "it is generic, and a schema needs one shape. Annotate a type that closes it.";
        }

        if (!compilation.IsSymbolAccessibleWithin(root, compilation.Assembly)
            || DeclarationParser.Containers(annotated).Any(static type => type.IsFileLocal || type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)))
        {
            return "generated code cannot reach it. Make it and the types around it public or internal.";
        }

        if (annotated.IsStatic != (kind == RootKind.Foreign))
        {
            return kind == RootKind.Foreign ? "[ExtractionSchema<T>] stands on a static partial class." : "a static class has no values.";
        }

        if (root is { IsAbstract: true, TypeKind: TypeKind.Class } && (kind == RootKind.Metadata || !UnionParser.IsUnion((INamedTypeSymbol)root)))
        {
            return "it is abstract. Use a type that can be constructed, or list its cases with [JsonDerivedType].";
        }

        Nullability.Strip(root, out var isNullable);
        return root.IsRefLikeType ? "a ref struct cannot be held by a result."
            : isNullable ? "an answer that may be null says nothing. Use the type without the question mark, or a record with a nullable member."
            : KnownTypes.Scalar(root)?.Kind == SchemaKind.Any ? "a schema of any value asks nothing. Use a record."
            : null;
    }
}
