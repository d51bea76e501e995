using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Walks everything a root can hold and turns it into types that refer to each other by index.</summary>
internal sealed class TypeGraphParser(Compilation compilation, List<Diagnostic> diagnostics, Location rootLocation, JsonNaming naming, CancellationToken cancellation)
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Type, int Field), (string Path, Location? Location)> _sources = [];
    private readonly Dictionary<(int Union, int Case), Location?> _places = [];
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);

    // Deeper than any answer is read; a generic type that holds itself closed over more and more would never end.
    private const int MostLevels = 64;
    private int _level;
    private bool _isTooDeep;
    private bool _isUnfinished;

    public List<TypeModel> Types { get; } = [];

    public Compilation Compilation => compilation;

    /// <summary>How members without a name of their own are called.</summary>
    public JsonNaming Naming => naming;

    public CancellationToken Cancellation => cancellation;

    public bool TryParseRoot(ITypeSymbol root, string name)
    {
        var before = Errors();
        Visit(root, name, rootLocation);
        if (Errors() == before && !_isUnfinished)
        {
            CheckDiscriminators();
            RecursionParser.Mark(this, _sources);
        }

        if (Errors() == before && !_isUnfinished && SchemaComplexity.Excess(Types) is { } excess)
        {
            Report(Rules.TooComplex, rootLocation, name, excess);
        }

        return Errors() == before && !_isUnfinished;
    }

    /// <summary>Parses a metadata type, whose members must be scalars or marked to be stored as JSON.</summary>
    public bool TryParseMetadata(INamedTypeSymbol root)
    {
        if (!TryParseRoot(root, root.Name))
        {
            return false;
        }

        var before = Errors();
        foreach (var field in Types[0].Fields.Where(field => !field.JsonEncoded && !IsScalar(Types[field.Type].Kind)))
        {
            var location = root.GetMembers(field.MemberName).FirstOrDefault()?.Locations.FirstOrDefault() ?? rootLocation;
            Report(Rules.NotFlat, location, field.MemberName, root.Name);
        }

        return Errors() == before;
    }

    public static bool IsScalar(SchemaKind kind) => kind is not (SchemaKind.Object or SchemaKind.Array or SchemaKind.Map or SchemaKind.Any or SchemaKind.Union);

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments)
    {
        // Only a location in source can be suppressed there; a type from another assembly is reported where it is asked for.
        var place = location is { IsInSource: true } && compilation.ContainsSyntaxTree(location.SourceTree!) ? location : rootLocation;
        diagnostics.Add(Diagnostic.Create(rule, place, arguments));
    }

    /// <summary>Finds or adds a type.</summary>
    /// <returns>Its index, or -1 after a diagnostic.</returns>
    public int Visit(ITypeSymbol type, string path, Location? location)
    {
        cancellation.ThrowIfCancellationRequested();
        var key = TypeNames.Plain(type);
        if (_indexes.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_isTooDeep || _level == MostLevels)
        {
            return _isTooDeep ? -1 : TooDeep(type, path, location);
        }

        _level++;
        var index = VisitNew(key, type, path, location);
        _level--;
        return index;
    }

    private int VisitNew(string key, ITypeSymbol type, string path, Location? location)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            // The compiler says so by itself.
            _isUnfinished = true;
            return -1;
        }

        if (KnownTypes.Scalar(type) is { } scalar)
        {
            return Add(key, new TypeModel { Kind = scalar.Kind, CSharpName = key, IsValueType = type.IsValueType, IntegerMinimum = scalar.Minimum, IntegerMaximum = scalar.Maximum });
        }

        return type switch
        {
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => VisitEnum(key, named, path, location),
            IArrayTypeSymbol { Rank: 1 } array => VisitList(key, array.ElementType, CollectionForm.Array, path, location),
            INamedTypeSymbol named when CollectionTypes.Of(named) is { Form: not CollectionForm.None } collection => collection.Form == CollectionForm.Map
                ? VisitMap(key, named, path, location, collection.Maker)
                : VisitList(key, named.TypeArguments[0], collection.Form, path, location, named.IsValueType, collection.Maker),
            INamedTypeSymbol named when _level > 1 && DeclaredSchemas.DescriptorOf(compilation, named) is { } descriptor => VisitElsewhere(key, named, descriptor, path, location),
            INamedTypeSymbol named when UnionParser.IsUnion(named) => VisitUnion(key, named, path, location),
            INamedTypeSymbol named when KnownTypes.IsObject(named) => VisitObject(key, named, path, location),
            _ => Unsupported(type, path, location, Advice(type)),
        };
    }

    private int TooDeep(ITypeSymbol type, string path, Location? location)
    {
        _isTooDeep = true;
        var start = string.Join(".", path.Split('.').Take(4)) + "…";
        return Unsupported(type.OriginalDefinition, start, location, $"It lies more than {MostLevels} levels deep. Flatten it; a generic type that holds itself with ever more arguments has no end.");
    }

    public int Unsupported(ITypeSymbol type, string path, Location? location, string advice)
    {
        Report(Rules.UnsupportedType, location, path, type.ToDisplayString(), advice);
        return -1;
    }

    private static string Advice(ITypeSymbol type) => type switch
    {
        { IsTupleType: true } => "Give the tuple's parts names of their own in a record.",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => "Use int or long, whose width is the same on every machine.",
        { SpecialType: SpecialType.System_Char } => "Use string.",
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "Use a record, or JsonElement for values of any shape.",
        { TypeKind: TypeKind.Interface } or { IsAbstract: true } => "Use a type that can be constructed, or list its cases with [JsonDerivedType].",
        IArrayTypeSymbol => "Use an array of arrays.",
        _ when KnownTypes.IsEnumerable(type) => "Its members are not its data. Use a list, set or dictionary of .NET.",
        ITypeParameterSymbol => "Close the generic type.",
        _ => "Use a record, an enum, a scalar, or a list, set or dictionary of them.",
    };

    private int Errors() => diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private int Add(string key, TypeModel type)
    {
        _indexes.Add(key, Types.Count);
        Types.Add(type);
        return Types.Count - 1;
    }

    /// <summary>Once all members are known: one called like the discriminator could not be told from it.</summary>
    private void CheckDiscriminators()
    {
        foreach (var ((union, option), location) in _places.Select(static pair => (pair.Key, pair.Value)))
        {
            if (Types[option].Fields.FirstOrDefault(field => field.JsonName == Types[union].Discriminator) is { } field)
            {
                Report(Rules.DuplicateName, location, field.MemberName, "the discriminator", Types[option].Name, field.JsonName);
            }
        }
    }

    private int VisitEnum(string key, INamedTypeSymbol type, string path, Location? location)
    {
        var values = EnumParser.Parse(this, type);
        return values.Count == 0
            ? Unsupported(type, path, location, "It has no values.")
            : Add(key, new TypeModel
            {
                Kind = SchemaKind.Enum,
                CSharpName = key,
                Name = type.Name,
                Identifier = UniqueNames.Take(_identifiers, type.Name),
                IsValueType = true,
                Description = Descriptions.Of(type, cancellation),
                EnumValues = values,
            });
    }

    private int VisitList(string key, ITypeSymbol item, CollectionForm form, string path, Location? location, bool isValueType = false, string? maker = null)
    {
        var index = Add(key, new TypeModel { Kind = SchemaKind.Array, CSharpName = key, Form = form, IsValueType = isValueType, Maker = maker });
        var itemType = Visit(Nullability.Strip(item, out var isNullable), path + "[]", location);
        Types[index] = Types[index] with { ItemType = itemType, ItemNullable = isNullable };
        return itemType < 0 ? -1 : index;
    }

    private int VisitMap(string key, INamedTypeSymbol type, string path, Location? location, string? maker)
    {
        var index = Add(key, new TypeModel { Kind = SchemaKind.Map, CSharpName = key, Form = CollectionForm.Map, Maker = maker });
        var keyType = Visit(type.TypeArguments[0], path + "{key}", location);
        if (keyType >= 0 && Types[keyType].Kind is not (SchemaKind.String or SchemaKind.Integer or SchemaKind.Enum))
        {
            return Unsupported(type, path, location, "The keys of a map are strings, integers or enum values.");
        }

        var itemType = Visit(Nullability.Strip(type.TypeArguments[1], out var isNullable), path + "{}", location);
        Types[index] = Types[index] with { KeyType = keyType, ItemType = itemType, ItemNullable = isNullable };
        return keyType < 0 || itemType < 0 ? -1 : index;
    }

    /// <summary>A type that another assembly has a schema for is asked for, and read, as it is there.</summary>
    private int VisitElsewhere(string key, INamedTypeSymbol type, string descriptor, string path, Location? location)
    {
        var types = DescriptorParser.Parse(descriptor, key, Types.Count);
        if (types.Count == 0)
        {
            return UnionParser.IsUnion(type) ? VisitUnion(key, type, path, location) : VisitObject(key, type, path, location);
        }

        Add(key, types[0] with { IsValueType = type.IsValueType });
        Types.AddRange(types.Skip(1));
        return Types.Count - types.Count;
    }

    private int VisitObject(string key, INamedTypeSymbol type, string path, Location? location)
    {
        var identifier = UniqueNames.Take(_identifiers, type.Name);
        var index = Add(key, new TypeModel
        {
            Kind = SchemaKind.Object,
            CSharpName = TypeNames.Plain(type),
            Name = type.Name,
            Identifier = identifier,
            IsValueType = type.IsValueType,
            InheritanceDepth = DeclarationParser.BaseTypes(type).Count(),
            IsOfferedToOthers = !type.IsGenericType && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) && TypeNames.IsPublic(type),
        });
        var comments = DocComments.Of(type, cancellation);
        if (MemberParser.Parse(this, type, comments, path, location) is not { } members)
        {
            return -1;
        }

        for (var i = 0; i < members.Fields.Count; i++)
        {
            var member = members.Fields[i].MemberName;
            _sources.Add((index, i), ($"{path}.{member}", type.GetMembers(member).FirstOrDefault()?.Locations.FirstOrDefault() ?? location));
        }

        Types[index] = Types[index] with
        {
            Description = Descriptions.FromAttribute(type) ?? comments?.Summary,
            Fields = new(members.Fields),
            ConstructorArguments = new(members.ConstructorArguments),
        };
        return index;
    }

    private int VisitUnion(string key, INamedTypeSymbol type, string path, Location? location)
    {
        var discriminator = UnionParser.Discriminator(type);
        var index = Add(key, new TypeModel
        {
            Kind = SchemaKind.Union,
            CSharpName = key,
            Name = type.Name,
            Identifier = UniqueNames.Take(_identifiers, type.Name),
            Description = Descriptions.Of(type, cancellation),
            Discriminator = discriminator,
        });
        var cases = new List<UnionCaseModel>();
        foreach (var (name, derived, place) in UnionParser.Cases(type, cancellation))
        {
            var known = UnionParser.Refusal(compilation, type, derived) is { } refusal
                ? Unsupported(derived, $"{path}({name})", place ?? location, refusal)
                : VisitCase(derived, $"{path}({name})", place ?? location);
            if (known < 0)
            {
                return -1;
            }

            if (cases.FirstOrDefault(other => other.Name == name || other.Type == known) is { } twin)
            {
                Report(Rules.DuplicateName, place, Types[twin.Type].Name, derived.Name, type.Name, name);
                continue;
            }

            cases.Add(new(name, known));
            Types[known] = Types[known] with { IsCase = true };
            _places.Add((index, known), place ?? location);
        }

        Types[index] = Types[index] with { Cases = new(cases) };
        return index;
    }

    /// <summary>A case is read as an object, also where it is a union itself: a listed base class, or one with cases of its own.</summary>
    private int VisitCase(INamedTypeSymbol type, string path, Location? location)
    {
        var name = TypeNames.Plain(type);
        var key = UnionParser.IsUnion(type) || DeclaredSchemas.DescriptorOf(compilation, type) is not null ? name + " case" : name;
        return _indexes.TryGetValue(key, out var known) ? known : VisitObject(key, type, path, location);
    }
}
