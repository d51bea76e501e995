using System.Text.Json;

namespace GeminiBatch.Scaffolding;

internal sealed partial class TypeShaper
{
    /// <summary>The type of a value that follows one of several schemas.</summary>
    private CSharpType Alternatives(SchemaNode node, string?[] names)
    {
        var choices = Flatten(node);
        var targets = choices.ConvertAll(library.Follow);
        if (targets.TrueForAll(target => target.Literals is not null))
        {
            return OfLiterals(node, [.. targets.SelectMany(Described)], names);
        }

        if (targets.TrueForAll(IsRecord))
        {
            return Union(node, choices, targets, names);
        }

        if (targets.TrueForAll(target => target.ImpliedTypes is JsonTypes.Integer or JsonTypes.Number or JsonTypes.Numeric && target.Literals is null))
        {
            notes.Add(node.Pointer, "anyOf", "The alternatives are one kind of number.");
            return targets.TrueForAll(target => target.ImpliedTypes == JsonTypes.Integer) ? CSharpType.Int64
                : options.DecimalNumbers ? CSharpType.Decimal : CSharpType.Double;
        }

        if (targets.TrueForAll(target => target.Literals?.TrueForAll(literal => literal.Value.ValueKind == JsonValueKind.String) ?? target.ImpliedTypes == JsonTypes.String))
        {
            notes.Add(node.Pointer, "anyOf", "The alternatives are all text and are read as text.");
            return CSharpType.String;
        }

        if (!IsAnyJson(node, targets))
        {
            notes.Add(node.Pointer, "anyOf", "Alternatives of different kinds have no C# type and are read as free JSON.");
        }

        return CSharpType.Any;
    }

    /// <summary>Alternatives of alternatives are alternatives.</summary>
    private List<SchemaNode> Flatten(SchemaNode node)
    {
        var flat = new List<SchemaNode>();
        var seen = new HashSet<SchemaNode> { node };
        Add(node);
        return flat;

        void Add(SchemaNode union)
        {
            foreach (var choice in union.Alternatives)
            {
                var target = library.Follow(choice);
                if (!seen.Add(target))
                {
                    continue;
                }

                if (target.Alternatives.Count > 0)
                {
                    Add(target);
                }
                else if (!target.IsNull && !target.AllowsNothing)
                {
                    flat.Add(choice);
                }
            }
        }
    }

    /// <summary>Whether the alternatives spell out that any JSON value is allowed.</summary>
    private bool IsAnyJson(SchemaNode node, List<SchemaNode> targets)
    {
        var types = targets.Aggregate(JsonTypes.None, (all, target) => all | (target.Literals is null ? target.ImpliedTypes : JsonTypes.None));
        const JsonTypes every = JsonTypes.Object | JsonTypes.Array | JsonTypes.String | JsonTypes.Number | JsonTypes.Boolean;
        return targets.Exists(target => target.AllowsAnything)
            || ((types & every) == every && targets.TrueForAll(target => IsFree(target.Items) && IsFree(target.AdditionalProperties) && !IsRecord(target)));

        bool IsFree(SchemaNode? nested) => nested is null || library.Follow(nested) is var target && (target == node || target.AllowsAnything);
    }

    private CSharpType Union(SchemaNode node, List<SchemaNode> choices, List<SchemaNode> targets, string?[] names)
    {
        if (targets is [var single])
        {
            return Record(single, names, null, null);
        }

        var discriminator = DiscriminatorOf(node, targets);
        var union = new UnionShape(_names.Take(names), node.Description, discriminator);
        _types.Add(union);
        var type = new CSharpType(union.Name, TypeKind.Record);
        _named[node.Pointer] = type;
        for (var index = 0; index < targets.Count; index++)
        {
            var target = targets[index];
            var value = discriminator is null ? null : DiscriminatorValue(node, target, discriminator);
            string?[] caseNames = [target.DefinitionName, TitleOf(target), value is null ? null : value + union.Name, FormattableString.Invariant($"{union.Name}{index + 1}")];
            if (target.Nullable || choices[index].Nullable)
            {
                notes.Add(target.Pointer, "nullable", "Null among the alternatives is not read.");
            }

            union.Cases.Add(new UnionCase(RecordOf(target, caseNames, union, value is null ? null : discriminator), value));
        }

        return type;
    }

    /// <summary>The property that every alternative has with one text value of its own, or that the schema names and maps.</summary>
    private string? DiscriminatorOf(SchemaNode node, List<SchemaNode> targets)
    {
        var candidates = targets[0].Properties.Select(property => property.Name).Prepend(node.Discriminator).OfType<string>();
        return candidates.FirstOrDefault(name =>
            targets.Select(target => DiscriminatorValue(node, target, name)).ToList() is var values
            && !values.Contains(null) && values.Distinct(StringComparer.Ordinal).Count() == values.Count);
    }

    private string? DiscriminatorValue(SchemaNode node, SchemaNode target, string name)
    {
        var property = target.Properties.Find(each => each.Name == name);
        return property is not null && library.Follow(property.Schema).Literals is [{ Value.ValueKind: JsonValueKind.String } only] ? only.Value.GetString()
            : name != node.Discriminator ? null
            : node.DiscriminatorValues.GetValueOrDefault(target.Pointer) ?? target.DefinitionName;
    }

    /// <summary>The literals of an alternative; a single one takes the alternative's words, as in a list of constants.</summary>
    private static IEnumerable<SchemaLiteral> Described(SchemaNode node) => node.Literals is [var only]
        ? [only with { Description = only.Description ?? node.Description, MemberName = only.MemberName ?? node.Title, Aliases = [.. only.Aliases, .. node.Aliases] }]
        : node.Literals!;

    private CSharpType Enum(List<SchemaLiteral> literals, string? description, string?[] names)
    {
        var name = _names.Take(names);
        var members = new MemberNames(name);
        var values = new List<EnumValueShape>();
        foreach (var literal in literals.DistinctBy(literal => literal.Value.GetString(), StringComparer.Ordinal))
        {
            var text = literal.Value.GetString()!;
            var member = members.Take(literal.MemberName is { } wish && Identifiers.Pascal(wish) is not null ? wish : text);
            List<Annotation> annotations = member == text ? [] : [Annotation.Json($"JsonStringEnumMemberName({Literals.Text(text)})")];
            if (literal.Aliases.Where(alias => alias != text).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } aliases)
            {
                annotations.Add(Annotation.Aliases(aliases));
            }

            values.Add(new EnumValueShape(text, member, literal.Description, annotations));
        }

        var shape = new EnumShape(name, description, values);
        _types.Add(shape);
        return new CSharpType(name, TypeKind.Enum) { Enum = shape };
    }

    /// <summary>The type of values that are not all text.</summary>
    private CSharpType ScalarOf(SchemaNode node, List<SchemaLiteral> literals)
    {
        node.Literals ??= literals;
        if (literals.TrueForAll(literal => literal.Value.ValueKind == JsonValueKind.Number))
        {
            return literals.TrueForAll(literal => Defaults.Constant(literal.Value, CSharpType.Int64) is not null) ? CSharpType.Int64 : CSharpType.Double;
        }

        if (literals.TrueForAll(literal => literal.Value.ValueKind is JsonValueKind.True or JsonValueKind.False))
        {
            return CSharpType.Boolean;
        }

        if (!literals.TrueForAll(literal => literal.Value.ValueKind == JsonValueKind.Null))
        {
            notes.Add(node.Pointer, "enum", "Values of different kinds have no C# type: they are read as free JSON and held against the list.");
        }

        return CSharpType.Any;
    }
}
