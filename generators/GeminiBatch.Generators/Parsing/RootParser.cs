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

        foreach (var attribute in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            var kind = KindOf(attribute)!.Value;
            var place = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? annotated.Locations[0];
            var root = kind == RootKind.Foreign ? attribute.AttributeClass!.TypeArguments[0] : annotated;
            if (RootRefusal.Of(root, kind, annotated, compilation, attribute) is { } reason)
            {
                result.Diagnostics.Add(Diagnostic.Create(Rules.UnsupportedRoot, place, root.ToDisplayString(), reason));
            }
            else if (Named(attribute, "Culture") is string culture && !IsCultureName(culture))
            {
                result.Diagnostics.Add(Diagnostic.Create(Rules.BadConstraint, place, "Culture", $"'{culture}' is no name of a culture. Give one such as de-DE, or leave it out."));
            }
            else
            {
                ParseRoot(result, new TypeGraphParser(compilation, result.Diagnostics, place, Naming(attribute), cancellation), kind, annotated, declarations, root, attribute);
            }
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
            IsPublic = TypeNames.IsPublic(kind == RootKind.Foreign ? root : annotated),
            IsValueType = root.IsValueType,
            Types = new(parser.Types),
            Parsing = Parsing(attribute),
        });
    }

    private static ParsingModel? Parsing(AttributeData attribute)
    {
        var parsing = new ParsingModel(Named(attribute, "Repair") as int?, Named(attribute, "Coercions") as int?, Named(attribute, "Culture") as string);
        return parsing is { Mode: null, Coercions: null, Culture: null } ? null : parsing;
    }

    // Language, then script, region or variants, each behind a hyphen (RFC 5646). Which of them exist is the running machine's knowledge.
    private static bool IsCultureName(string name)
    {
        var parts = name.Split('-');
        return parts[0].Length is 2 or 3 && parts[0].All(static letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            && parts.Skip(1).All(static part => part.Length is >= 2 and <= 8 && part.All(static letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')));
    }

    private static JsonNaming Naming(AttributeData attribute) => Named(attribute, "PropertyNamingPolicy") is int policy ? (JsonNaming)policy : JsonNaming.CamelCase;

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
