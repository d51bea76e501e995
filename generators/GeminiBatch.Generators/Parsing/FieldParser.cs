using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Turns one property, with its constructor parameter where it has one, into a field.</summary>
internal sealed class FieldParser(
    TypeGraphParser graph, string path, DocComments? comments, IPropertySymbol property, IParameterSymbol? parameter)
{
    private const string RequiredAttribute = "System.ComponentModel.DataAnnotations.RequiredAttribute";

    private readonly string _path = $"{path}.{property.Name}";
    private readonly Location? _location = property.Locations.FirstOrDefault();

    /// <returns>The field, or null after a diagnostic.</returns>
    public FieldModel? Parse(HashSet<string> locals)
    {
        var valueType = Nullability.Strip(property.Type, out var isNullable);
        var index = graph.Visit(valueType, _path, _location);
        if (index < 0)
        {
            return null;
        }

        if (Converter() is { } converter)
        {
            graph.Report(Rules.Contradiction, _location, _path, $"[JsonConverter] with {converter} would give the value another form than the schema asks for. Remove it, or ignore the member; enums are always read by name.");
            return null;
        }

        var initializer = DefaultValues.Initializer(property, graph.Cancellation);
        var isRequired = property.IsRequired && parameter is null;
        var declared = DeclaredDefault.Of(property.Type, parameter, property);
        if (declared is { IsDeclared: true, Expression: null })
        {
            graph.Report(Rules.Contradiction, _location, _path, $"[DefaultValue] is no {valueType.ToDisplayString()}.");
        }

        var hasOwnDefault = !isRequired && (parameter is null ? initializer is not null || DefaultValues.IsDeclaredElsewhere(property) : DefaultValues.Has(parameter));
        var hasDefault = hasOwnDefault || (!isRequired && declared.Expression is not null);
        var json = hasOwnDefault ? DefaultJson(initializer) : hasDefault ? declared.Json : null;
        if (hasOwnDefault && declared.Json is not null && json is not null && declared.Json != json)
        {
            graph.Report(Rules.Contradiction, _location, _path, "[DefaultValue] says one thing and the default in C# another. Keep one.");
        }

        var model = graph.Types[index];
        var setting = Setting(isRequired, hasOwnDefault);
        var isGeneric = setting == FieldSetting.UnsafeAccessor && property.ContainingType.IsGenericType;
        if (isGeneric && (property.ContainingType.IsRecord || property.ContainingType.IsValueType))
        {
            setting = FieldSetting.With;
        }

        var isDemanded = Attributes.Has(parameter, RequiredAttribute) || Attributes.Has(property, RequiredAttribute);
        return new FieldModel
        {
            JsonName = Attributes.Text(property, "System.Text.Json.Serialization.JsonPropertyNameAttribute") ?? JsonNames.Of(property.Name, graph.Naming),
            MemberName = property.Name,
            Local = Literals.Identifier(UniqueNames.Take(locals, Literals.Camel(property.Name))),
            Type = index,
            DeclaredType = TypeNames.Declared(property.Type),
            SetterType = TypeNames.Plain(property.ContainingType),
            Accessor = isGeneric && setting == FieldSetting.UnsafeAccessor ? GenericAccessors.Of(property) : null,
            Nullable = isNullable && !isDemanded,
            IsNullableValueType = isNullable && valueType.IsValueType,
            Presence = hasDefault ? SchemaPresence.Optional : isNullable && !isRequired && !isDemanded ? SchemaPresence.Reported : SchemaPresence.Required,
            Setting = setting,
            DefaultExpression = hasOwnDefault ? parameter is null ? null : DefaultValues.Expression(parameter) : declared.Expression,
            DefaultJson = json,
            Description = Description(),
            Aliases = Attributes.Aliases(parameter, property),
            Constraints = ConstraintParser.Parse(graph, model, valueType, _path, parameter, property),
            JsonEncoded = Attributes.Has(parameter, "GeminiBatch.JsonEncodedAttribute") || Attributes.Has(property, "GeminiBatch.JsonEncodedAttribute"),
        };
    }

    /// <summary>The converter of the member that is more than a name for enum values; null when there is none.</summary>
    private string? Converter()
    {
        const string attribute = "System.Text.Json.Serialization.JsonConverterAttribute";
        var type = Nullability.Strip(property.Type, out _);
        var found = Attributes.Find(property, attribute) ?? Attributes.Find(type, attribute);
        var converter = found?.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol ?? found?.AttributeClass;
        return converter is null || converter.Name.StartsWith("JsonStringEnumConverter", StringComparison.Ordinal) ? null : converter.ToDisplayString();
    }

    private FieldSetting Setting(bool isRequired, bool hasDefault)
    {
        if (parameter is not null)
        {
            return property.IsRequired && !Attributes.Has(parameter.ContainingSymbol, "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute")
                ? FieldSetting.ConstructorAndInitializer
                : FieldSetting.Constructor;
        }

        return isRequired || !hasDefault ? FieldSetting.Initializer
            : property.SetMethod!.IsInitOnly ? FieldSetting.UnsafeAccessor : FieldSetting.Setter;
    }

    private string? DefaultJson(Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax? initializer)
    {
        if (parameter is not null)
        {
            return DefaultValues.Json(parameter.ExplicitDefaultValue, parameter.Type);
        }

        var constant = initializer is null ? default : Declaring(initializer.SyntaxTree).GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer, graph.Cancellation);
        return constant.HasValue ? DefaultValues.Json(constant.Value, property.Type) : null;
    }

    /// <summary>The compilation of a file: where projects refer to each other as source, another one.</summary>
    private Compilation Declaring(SyntaxTree tree) => graph.Compilation.ContainsSyntaxTree(tree) ? graph.Compilation
        : graph.Compilation.GetMetadataReference(property.ContainingAssembly) is CompilationReference reference && reference.Compilation.ContainsSyntaxTree(tree) ? reference.Compilation
        : graph.Compilation.References.OfType<CompilationReference>().Select(static other => other.Compilation).First(other => other.ContainsSyntaxTree(tree));

    private string? Description()
    {
        var onParameter = Descriptions.FromAttribute(parameter);
        var onProperty = Descriptions.FromAttribute(property);
        if (onParameter is not null && onProperty is not null && onParameter != onProperty)
        {
            graph.Report(Rules.Contradiction, _location, _path, "[Description] says one thing on the parameter and another on the property. Keep one.");
        }

        return onParameter ?? onProperty ?? (parameter is null ? null : comments?.Parameter(parameter.Name))
            ?? (IsPositional() ? null : DocComments.Of(property, graph.Cancellation)?.Summary);
    }

    private bool IsPositional() => property.DeclaringSyntaxReferences
        .Any(reference => reference.GetSyntax(graph.Cancellation) is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax);
}
