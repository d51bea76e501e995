namespace GeminiBatch.Scaffolding;

/// <summary>A type as it is written in C#.</summary>
/// <param name="Name">The type without nullability, such as <c>IReadOnlyList&lt;Line&gt;</c>.</param>
/// <param name="Kind">What can be put on it.</param>
/// <param name="Usings">The namespaces that the name needs.</param>
internal sealed record CSharpType(string Name, TypeKind Kind, params string[] Usings)
{
    public static readonly CSharpType String = new("string", TypeKind.String);
    public static readonly CSharpType Boolean = new("bool", TypeKind.Boolean);
    public static readonly CSharpType Int64 = new("long", TypeKind.Integer);
    public static readonly CSharpType Double = new("double", TypeKind.Double);
    public static readonly CSharpType Decimal = new("decimal", TypeKind.Decimal);
    public static readonly CSharpType Any = new("JsonElement", TypeKind.Any, "System.Text.Json");

    /// <summary>The type of items or of map values, as used.</summary>
    public TypeUse? Item { get; init; }

    /// <summary>The type of a map's keys.</summary>
    public CSharpType? Key { get; init; }

    /// <summary>The enum, when it is one.</summary>
    public EnumShape? Enum { get; init; }

    /// <summary>Whether null needs no <see cref="Nullable{T}"/>.</summary>
    public bool IsReference => Kind is TypeKind.String or TypeKind.Record or TypeKind.List or TypeKind.Set or TypeKind.Map || Name == "Uri";

    /// <summary>The concrete class in place of an interface of a collection, as a root is declared.</summary>
    public string ConcreteName => Kind switch
    {
        TypeKind.List => $"List<{Item!.Text}>",
        TypeKind.Set => $"HashSet<{Item!.Text}>",
        TypeKind.Map => $"Dictionary<{Key!.Name}, {Item!.Text}>",
        _ => Name,
    };

    public static CSharpType ListOf(TypeUse item) =>
        new($"IReadOnlyList<{item.Text}>", TypeKind.List, ["System.Collections.Generic", .. item.Type.Usings]) { Item = item };

    public static CSharpType SetOf(TypeUse item) =>
        new($"IReadOnlySet<{item.Text}>", TypeKind.Set, ["System.Collections.Generic", .. item.Type.Usings]) { Item = item };

    public static CSharpType MapOf(CSharpType key, TypeUse item) =>
        new($"IReadOnlyDictionary<{key.Name}, {item.Text}>", TypeKind.Map, ["System.Collections.Generic", .. key.Usings, .. item.Type.Usings]) { Item = item, Key = key };
}
