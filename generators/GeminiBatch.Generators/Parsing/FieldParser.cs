using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Turns one property, with its constructor parameter where it has one, into a field.</summary>
internal sealed class FieldParser(
    TypeGraphParser graph, string path, DocComments? comments, IPropertySymbol property, IParameterSymbol? parameter)
{
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

        var initializer = DefaultValues.Initializer(property, graph.Cancellation);
        var isRequired = property.IsRequired && parameter is null;
        var hasDefault = !isRequired && (parameter?.HasExplicitDefaultValue ?? initializer is not null);
        var model = graph.Types[index];
        var setting = Setting(isRequired, hasDefault);
        if (setting == FieldSetting.UnsafeAccessor && property.ContainingType.IsGenericType)
        {
            graph.Unsupported(property.Type, _path, _location, "An init member with a default cannot be set on a generic type; use set, or drop the default.");
            return null;
        }

        return new FieldModel
        {
            JsonName = Attributes.Text(property, "System.Text.Json.Serialization.JsonPropertyNameAttribute") ?? Literals.Camel(property.Name),
            MemberName = property.Name,
            Local = Literals.Identifier(UniqueNames.Take(locals, Literals.Camel(property.Name))),
            Type = index,
            DeclaredType = TypeNames.Declared(property.Type),
            SetterType = TypeNames.Plain(property.ContainingType),
            Nullable = isNullable,
            IsNullableValueType = isNullable && valueType.IsValueType,
            Presence = hasDefault ? SchemaPresence.Optional : isNullable && !isRequired ? SchemaPresence.Reported : SchemaPresence.Required,
            Setting = setting,
            DefaultExpression = hasDefault && parameter is not null ? DefaultValues.Expression(parameter) : null,
            DefaultJson = hasDefault ? DefaultJson(initializer) : null,
            Description = Description(),
            Aliases = Attributes.Aliases(parameter, property),
            Constraints = ConstraintParser.Parse(graph, model, _path, parameter, property),
            JsonEncoded = Attributes.Has(parameter, "GeminiBatch.JsonEncodedAttribute") || Attributes.Has(property, "GeminiBatch.JsonEncodedAttribute"),
        };
    }

    private FieldSetting Setting(bool isRequired, bool hasDefault)
    {
        if (parameter is not null)
        {
            return FieldSetting.Constructor;
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

        var constant = graph.Compilation.GetSemanticModel(initializer!.SyntaxTree).GetConstantValue(initializer, graph.Cancellation);
        return constant.HasValue ? DefaultValues.Json(constant.Value, property.Type) : null;
    }

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
