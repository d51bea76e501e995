namespace GeminiBatch.Scaffolding;

internal sealed partial class TypeShaper
{
    private CSharpType Record(SchemaNode node, string?[] names, UnionShape? union, string? without)
    {
        var shape = RecordOf(node, names, union, without);
        return new CSharpType(shape.Name, TypeKind.Record);
    }

    /// <summary>The record of an object. As a case of a union that leaves its discriminator out, it is a record of its own.</summary>
    private RecordShape RecordOf(SchemaNode node, string?[] names, UnionShape? union, string? without)
    {
        var key = (node, without is null ? null : union);
        if (_records.TryGetValue(key, out var known) && (union is null || known.Base is null || known.Base == union))
        {
            known.Base ??= union;
            return known;
        }

        var shape = new RecordShape(_names.Take(names), node.Description) { Base = union };
        if (known is null)
        {
            _records.Add(key, shape);
        }

        _types.Add(shape);
        var members = new MemberNames(shape.Name);
        foreach (var property in node.Properties.Where(property => property.Name != without))
        {
            if (library.Follow(property.Schema).AllowsNothing)
            {
                notes.Add(property.Schema.Pointer, "properties", $"'{property.Name}' may not be there and is left out.");
                continue;
            }

            shape.Members.Add(Member(property, node.Required.Contains(property.Name), members, shape.Name));
        }

        foreach (var name in node.Required.Where(name => !node.Properties.Exists(property => property.Name == name)))
        {
            var anything = new SchemaProperty(name, new SchemaNode(JsonPointers.Append(node.Pointer, name)));
            shape.Members.Add(Member(anything, isRequired: true, members, shape.Name));
        }

        if (node.AdditionalProperties is not null)
        {
            notes.Add(node.Pointer, "additionalProperties", "Only the named properties are read.");
        }

        return shape;
    }

    private MemberShape Member(SchemaProperty property, bool isRequired, MemberNames members, string owner)
    {
        var site = property.Schema;
        var target = library.Follow(site);
        var name = members.Take(property.Name);
        var use = Use(site, [name, owner + name]);
        var chain = Chain(site);
        var annotations = new List<Annotation>();
        if (!Identifiers.IsCamelCaseOf(property.Name, name))
        {
            annotations.Add(Annotation.Json($"JsonPropertyName({Literals.Text(property.Name)})"));
        }

        var aliases = chain.SelectMany(node => node.Aliases).Distinct(StringComparer.Ordinal).Where(alias => alias != property.Name).ToList();
        if (aliases.Count > 0)
        {
            annotations.Add(Annotation.Aliases(aliases));
        }

        annotations.AddRange(_constraints.Of(target, use.Type));
        var description = use.Type.Kind is TypeKind.Record or TypeKind.Enum ? WordsOf(site, target) : chain.Select(node => node.Description).FirstOrDefault(words => words is not null);
        var initial = Initial(chain, property, use, isRequired);
        var nullable = use.Nullable || (!isRequired && initial is null);
        return new MemberShape(name, use with { Nullable = nullable }, isRequired, initial, description, annotations);
    }

    /// <summary>The description of a property whose type has its own: the type's words are not repeated.</summary>
    private string? WordsOf(SchemaNode site, SchemaNode target) => site == target ? null : WordsAt(site) is { } words && words != target.Description ? words : null;

    private string? Initial(List<SchemaNode> chain, SchemaProperty property, TypeUse use, bool isRequired)
    {
        if (chain.Select(node => node.Default).FirstOrDefault(value => value is not null) is not { } value
            || (value.ValueKind == System.Text.Json.JsonValueKind.Null && !isRequired))
        {
            return null;
        }

        var initial = isRequired ? null : Defaults.Initializer(value, use.Type);
        if (initial is null)
        {
            notes.Add(property.Schema.Pointer, "default", isRequired
                ? "The property is required, so that its default is never used."
                : $"The default cannot be written as a {use.Type.Name}; a missing value is null.");
        }

        return initial;
    }
}
