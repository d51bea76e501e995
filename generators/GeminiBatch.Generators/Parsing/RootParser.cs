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

    /// <summary>What a root gives to print.</summary>
    public static RootModels Models(Compilation compilation, RootKey key, CancellationToken cancellation)
    {
        var result = Parse(compilation, key, cancellation);
        return new(key, new(result.Models), result.Diagnostics.Count > 0);
    }

    /// <summary>What a root gives, mistakes at their places in this compilation included.</summary>
    public static ParseResult Parse(Compilation compilation, RootKey key, CancellationToken cancellation)
    {
        var result = new ParseResult();
        if (key.Find(compilation) is not { } annotated)
        {
            return result;
        }

        try
        {
            SchemaGenerator.InInvariantCulture(() => Parse(result, compilation, annotated, key, cancellation));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            result.Diagnostics.Add(Diagnostic.Create(Rules.InternalFailure, annotated.Locations[0], annotated.Name, exception.ToString().Replace('\n', ' ')));
        }

        return result;
    }

    private static bool Parse(ParseResult result, Compilation compilation, INamedTypeSymbol annotated, RootKey key, CancellationToken cancellation)
    {
        var attributes = annotated.GetAttributes().Where(static attribute => KindOf(attribute) is not null).ToList();
        if (attributes.Count == 0 || attributes[0].ApplicationSyntaxReference?.SyntaxTree.FilePath is { } file && file != key.File)
        {
            // No root, or one that is read where it is annotated first.
            return false;
        }

        var version = ((CSharpCompilation)compilation).LanguageVersion;
        if ((int)version < CSharp14)
        {
            result.Diagnostics.Add(Diagnostic.Create(Rules.LanguageVersion, NameLocation(annotated, attributes[0], cancellation), version.ToDisplayString()));
            return false;
        }

        if (DeclarationParser.Parse(annotated) is not { } declarations)
        {
            // Reported by the analyzer, which has the code fix.
            return false;
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            ParseRoot(result, compilation, KindOf(attribute)!.Value, annotated, declarations, attribute, taken, cancellation);
        }

        return true;
    }

    private static RootKind? KindOf(AttributeData attribute) => attribute.AttributeClass is not { } type ? null : KnownTypes.FullName(type) switch
    {
        "GeminiBatch.ExtractionSchemaAttribute" => type.IsGenericType ? RootKind.Foreign : RootKind.Annotated,
        "GeminiBatch.BatchMetadataAttribute" => RootKind.Metadata,
        _ => null,
    };

    /// <summary>The name in the part of the type that is annotated.</summary>
    private static Location NameLocation(INamedTypeSymbol annotated, AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.GetLocation() ?? annotated.Locations[0];

    private static void ParseRoot(
        ParseResult result, Compilation compilation, RootKind kind, INamedTypeSymbol annotated, EquatableArray<string> declarations,
        AttributeData attribute, HashSet<string> taken, CancellationToken cancellation)
    {
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? annotated.Locations[0];
        var root = kind == RootKind.Foreign ? attribute.AttributeClass!.TypeArguments[0] : annotated;
        if (Refuse(root, kind, annotated, compilation) is { } reason && AddRefusal(reason))
        {
            return;
        }

        var rootName = TypeNames.Short(root);
        var parser = new TypeGraphParser(compilation, result.Diagnostics, location, cancellation);
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
