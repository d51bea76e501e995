using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Turns the members of one object type into fields.</summary>
internal static class MemberParser
{
    // Names that the emitted reader uses itself.
    private static readonly string[] s_reserved = ["reader", "cursor", "result", "source", "value", "error", "destination"];

    /// <returns>The fields in the order in which they are asked for, and the constructor's arguments; null after a diagnostic.</returns>
    public static (List<FieldModel> Fields, List<string> ConstructorArguments)? Parse(TypeGraphParser graph, INamedTypeSymbol type, DocComments? comments, string path, Location? location)
    {
        if (ConstructorChoice.Choose(graph, type, path, location) is not { } constructor || HasRequiredField(graph, type, path))
        {
            return null;
        }

        var properties = Properties(type);
        var fields = new List<FieldModel>();
        var arguments = new List<string>();
        var locals = new HashSet<string>(s_reserved, StringComparer.Ordinal);
        var bound = new HashSet<string>(StringComparer.Ordinal);
        var isComplete = true;
        foreach (var parameter in constructor.Parameters)
        {
            if (PropertyOf(properties, parameter) is not { } property)
            {
                graph.Report(Rules.NoConstructor, parameter.Locations.FirstOrDefault(), path, type.Name, $"has a constructor parameter '{parameter.Name}' without a readable property of that name and type.");
                return null;
            }

            bound.Add(property.Name);
            if (!IgnoredMembers.Contains(property))
            {
                Add(new FieldParser(graph, path, comments, property, parameter));
                arguments.Add(fields.Count == 0 ? "" : fields[fields.Count - 1].Local);
            }
            else if (parameter.HasExplicitDefaultValue)
            {
                arguments.Add(DefaultValues.Expression(parameter));
            }
            else
            {
                graph.Report(Rules.Contradiction, property.Locations.FirstOrDefault(), $"{path}.{property.Name}", "the constructor needs a value for a member that is ignored. Give the parameter a default.");
                isComplete = false;
            }
        }

        foreach (var property in properties.Where(property => !bound.Contains(property.Name) && IsSettable(graph.Compilation, property)))
        {
            if (IgnoredMembers.Contains(property))
            {
                if (property.IsRequired)
                {
                    graph.Report(Rules.Contradiction, property.Locations.FirstOrDefault(), $"{path}.{property.Name}", "a required member cannot be ignored.");
                }

                continue;
            }

            Add(new FieldParser(graph, path, comments, property, null));
        }

        if (isComplete)
        {
            ReportHiddenDefaults(graph, type, path, properties, fields);
        }

        ReportDuplicates(graph, type, fields);
        if (fields.Count > MaximumFields)
        {
            graph.Report(Rules.UnsupportedType, location, path, type.Name, $"It has {fields.Count} members; at most {MaximumFields} can be read. Split it.");
        }

        return isComplete ? (fields, arguments) : null;

        void Add(FieldParser parser)
        {
            var field = parser.Parse(locals);
            isComplete &= field is not null;
            if (field is not null)
            {
                fields.Add(field);
            }
        }
    }

    private static bool HasRequiredField(TypeGraphParser graph, INamedTypeSymbol type, string path)
    {
        var field = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(static member => member.IsRequired);
        if (field is not null)
        {
            graph.Report(Rules.NoConstructor, field.Locations.FirstOrDefault(), path, type.Name, $"has a required field '{field.Name}', and only properties are read. Make it a property.");
        }

        return field is not null;
    }

    /// <summary>The property that a constructor parameter's value is read back from.</summary>
    public static IPropertySymbol? PropertyOf(INamedTypeSymbol type, IParameterSymbol parameter) => PropertyOf(Properties(type), parameter);

    private static IPropertySymbol? PropertyOf(List<IPropertySymbol> properties, IParameterSymbol parameter) => properties.FirstOrDefault(property =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type));

    /// <summary>How many fields the runtime's cursor can keep apart.</summary>
    private const int MaximumFields = 256;

    /// <summary>The public properties that can be read, those of base types first.</summary>
    private static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var hierarchy = new Stack<INamedTypeSymbol>();
        for (var current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            hierarchy.Push(current);
        }

        var properties = new List<IPropertySymbol>();
        foreach (var property in hierarchy.SelectMany(static level => level.GetMembers()).OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsIndexer || property.GetMethod is null || property.DeclaredAccessibility != Accessibility.Public)
            {
                continue;
            }

            var hidden = properties.FindIndex(other => other.Name == property.Name);
            if (hidden >= 0)
            {
                properties[hidden] = property;
            }
            else
            {
                properties.Add(property);
            }
        }

        return properties;
    }

    private static bool IsSettable(Compilation compilation, IPropertySymbol property) =>
        property.SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, compilation.Assembly);

    /// <summary>Initializers are no part of an assembly: members that may have one are asked for as if they had none.</summary>
    private static void ReportHiddenDefaults(TypeGraphParser graph, INamedTypeSymbol type, string path, List<IPropertySymbol> properties, List<FieldModel> fields)
    {
        var hidden = fields.Where(static field => field is { Setting: FieldSetting.Initializer, Nullable: false, DefaultExpression: null })
            .Where(field => properties.First(property => property.Name == field.MemberName) is { IsRequired: false } property
                && property.Locations.All(static location => location.IsInMetadata) && DeclaredSchemas.DefaultsOf(property.ContainingType) is null)
            .Select(static field => field.MemberName).ToList();
        if (hidden.Count > 0)
        {
            graph.Report(Rules.HiddenDefault, null, path, type.Name, string.Join(", ", hidden));
        }
    }

    private static void ReportDuplicates(TypeGraphParser graph, INamedTypeSymbol type, List<FieldModel> fields)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (fields.TrueForAll(field => names.Add(field.JsonName)))
        {
            return;
        }

        foreach (var group in fields.GroupBy(static field => field.JsonName, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            var pair = group.Take(2).ToList();
            var location = Properties(type).First(property => property.Name == pair[1].MemberName).Locations.FirstOrDefault();
            graph.Report(Rules.DuplicateName, location, pair[0].MemberName, pair[1].MemberName, type.Name, group.Key);
        }
    }
}
