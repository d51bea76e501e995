namespace GeminiBatch.Scaffolding;

/// <summary>Decides which C# types a schema becomes. What is written is decided here; the writer only prints.</summary>
internal sealed partial class TypeShaper(SchemaLibrary library, NoteList notes, ScaffoldingOptions options)
{
    private readonly TypeNames _names = new();
    private readonly Constraints _constraints = new(notes);
    private readonly List<TypeShape> _types = [];
    private readonly Dictionary<string, CSharpType> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<(SchemaNode Node, UnionShape? Base), RecordShape> _records = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public SourceShape Shape()
    {
        var target = library.Follow(library.Root);
        var rootName = options.RootName ?? Identifiers.Pascal(target.DefinitionName ?? "") ?? Identifiers.Pascal(target.Title ?? library.Root.Title ?? "");
        if (rootName is null || TypeNames.IsReserved(rootName))
        {
            rootName = "Answer";
        }

        if (options.WrapRoot && !IsRecord(target))
        {
            return Wrapped(_names.TakeExactly(rootName));
        }

        var use = Use(library.Root, [rootName], isRoot: true);
        if (use is { Type.Kind: TypeKind.Record, Nullable: false } && _types[0] is RecordShape root)
        {
            root.IsRoot = true;
            return new SourceShape(_types, use, null, null);
        }

        _constraints.NoteLost(target, use.Type);
        var declared = Declarable(use);
        var concrete = new CSharpType(declared.Type.ConcreteName, declared.Type.Kind, declared.Type.Usings);
        return new SourceShape(_types, declared with { Type = concrete }, _names.Take(rootName + "Schema"), WordsAt(library.Root) ?? target.Description);
    }

    /// <summary>A type as it can stand in an attribute, where no reference can be marked as nullable.</summary>
    private TypeUse Declarable(TypeUse use)
    {
        if (use.Nullable && use.Type.IsReference)
        {
            notes.Add("#", "nullable", $"The root is declared in an attribute, which cannot say '{use.Text}': null is no value there.");
            use = use with { Nullable = false };
        }

        return use.Type switch
        {
            { Kind: TypeKind.List, Item: { } item } => use with { Type = CSharpType.ListOf(Declarable(item)) },
            { Kind: TypeKind.Set, Item: { } item } => use with { Type = CSharpType.SetOf(Declarable(item)) },
            { Kind: TypeKind.Map, Item: { } item, Key: { } key } => use with { Type = CSharpType.MapOf(key, Declarable(item)) },
            _ => use,
        };
    }

    /// <summary>A root that is no object, as the one property of a record.</summary>
    private SourceShape Wrapped(string name)
    {
        var root = new RecordShape(name, null) { IsRoot = true };
        _types.Add(root);
        root.Members.Add(Member(new SchemaProperty("value", library.Root), isRequired: true, new MemberNames(name), name));
        return new SourceShape(_types, new TypeUse(new CSharpType(name, TypeKind.Record), false), null, null);
    }

    /// <summary>The type of a schema where it is used.</summary>
    /// <param name="site">The schema, possibly a reference.</param>
    /// <param name="wishes">Names for a type that has none of its own, best first.</param>
    /// <param name="isRoot">Whether the first wish is the name, whatever the schema calls it.</param>
    private TypeUse Use(SchemaNode site, string[] wishes, bool isRoot = false)
    {
        var nullable = Chain(site).Any(node => node.Nullable);
        return new TypeUse(Type(library.Follow(site), wishes, isRoot), nullable);
    }

    private CSharpType Type(SchemaNode node, string[] wishes, bool isRoot = false)
    {
        if (_named.TryGetValue(node.Pointer, out var known))
        {
            return known;
        }

        if (node.AllowsNothing)
        {
            throw new ScaffoldingException(node.Pointer, "No value is allowed here.");
        }

        string?[] names = isRoot ? [.. wishes] : [node.DefinitionName, TitleOf(node), .. wishes];
        if (node.Alternatives.Count > 0)
        {
            return Alternatives(node, names);
        }

        return node.Literals is { } literals ? OfLiterals(node, literals, names) : OfTypes(node, names);
    }

    private CSharpType OfTypes(SchemaNode node, string?[] names)
    {
        switch (node.ImpliedTypes)
        {
            case JsonTypes.Object:
                return IsRecord(node) ? Record(node, names, null, null) : Map(node, names);
            case JsonTypes.Array:
                return List(node, names);
            case JsonTypes.String:
                return ScalarTypes.OfString(node, notes);
            case JsonTypes.Integer:
                return ScalarTypes.OfInteger(node, notes);
            case JsonTypes.Number or JsonTypes.Numeric:
                return ScalarTypes.OfNumber(node, options.DecimalNumbers);
            case JsonTypes.Boolean:
                return CSharpType.Boolean;
            case JsonTypes.None:
                return CSharpType.Any;
            default:
                notes.Add(node.Pointer, "type", "A value of several types is read as free JSON.");
                return CSharpType.Any;
        }
    }

    private CSharpType List(SchemaNode node, string?[] names)
    {
        if (node.Items is null)
        {
            return CSharpType.ListOf(new TypeUse(CSharpType.Any, false));
        }

        var item = Nested(node, node.Items, "items", [.. names.OfType<string>().Select(Identifiers.Singular)]);
        return item is null ? CSharpType.Any
            : node.UniqueItems && item is { Nullable: false, Type.Kind: <= TypeKind.Enum } ? CSharpType.SetOf(item)
            : CSharpType.ListOf(item);
    }

    private CSharpType Map(SchemaNode node, string?[] names)
    {
        var key = CSharpType.String;
        if (node.PropertyNames is { } propertyNames)
        {
            var keyNode = library.Follow(propertyNames);
            var asked = keyNode.AllowsAnything ? key : Type(keyNode, [.. names.OfType<string>().Select(name => name + "Key")]);
            key = asked.Kind is TypeKind.Enum ? asked : key;
            _constraints.NoteLost(keyNode, key);
        }

        if (node.AdditionalProperties is null)
        {
            return CSharpType.MapOf(key, new TypeUse(CSharpType.Any, false));
        }

        var value = Nested(node, node.AdditionalProperties, "additionalProperties", [.. names.OfType<string>().Select(Identifiers.Singular)]);
        return value is null ? CSharpType.Any : CSharpType.MapOf(key, value);
    }

    /// <summary>The type of items or of map values; null where a list or map holds nothing but itself, which C# has no name for.</summary>
    private TypeUse? Nested(SchemaNode owner, SchemaNode site, string keyword, string[] wishes)
    {
        if (!_open.Add(owner.Pointer))
        {
            notes.Add(owner.Pointer, keyword, "A list or map of itself has no C# type and is read as free JSON.");
            return null;
        }

        var use = Use(site, wishes);
        _open.Remove(owner.Pointer);
        _constraints.NoteLost(library.Follow(site), use.Type);
        return use;
    }

    private CSharpType OfLiterals(SchemaNode node, List<SchemaLiteral> literals, string?[] names)
    {
        if (literals.TrueForAll(literal => literal.Value.ValueKind == System.Text.Json.JsonValueKind.String))
        {
            var type = Enum(literals, node.Description, names);
            _named[node.Pointer] = type;
            return type;
        }

        return ScalarOf(node, literals);
    }

    /// <summary>The records are those with known properties; other objects are maps.</summary>
    private static bool IsRecord(SchemaNode node) =>
        node.Alternatives.Count == 0 && node.Literals is null && node.ImpliedTypes == JsonTypes.Object
        && (node.Properties.Count > 0 || node.Required.Count > 0);

    /// <summary>A title that can name a type; one that is a sentence is a description.</summary>
    private static string? TitleOf(SchemaNode node) => node.Title is { Length: <= 60 } title && title.Count(char.IsWhiteSpace) < 4 ? title : null;

    /// <summary>A schema and what it refers to, the type's own schema last.</summary>
    private List<SchemaNode> Chain(SchemaNode site)
    {
        List<SchemaNode> chain = [site];
        while (chain[^1].Reference is { } reference && chain.Count <= 64)
        {
            chain.Add(library.At(reference));
        }

        return chain;
    }

    /// <summary>The description of a use, as opposed to that of a named type.</summary>
    private string? WordsAt(SchemaNode site) => Chain(site).SkipLast(site.Reference is null ? 0 : 1).Select(node => node.Description).FirstOrDefault(words => words is not null);
}
