using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Which C# types are lists, sets and maps, and how one is made of what the reader gives.</summary>
internal static class CollectionTypes
{
    private const string New = "new";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Frozen = "System.Collections.Frozen.";

    /// <returns>The form that is read, and what makes the type of it: a method, <c>new</c> for its constructor, or null where it fits as it is.</returns>
    public static (CollectionForm Form, string? Maker) Of(INamedTypeSymbol type)
    {
        var (form, maker) = Known(KnownTypes.FullName(type.OriginalDefinition));
        return (form, maker == New ? $"new {TypeNames.Plain(type)}" : maker is null ? null : "global::" + maker);
    }

    private static (CollectionForm Form, string? Maker) Known(string name) => name switch
    {
        "System.Collections.Generic.List" or "System.Collections.Generic.IList" or "System.Collections.Generic.IReadOnlyList"
            or "System.Collections.Generic.ICollection" or "System.Collections.Generic.IReadOnlyCollection"
            or "System.Collections.Generic.IEnumerable" => (CollectionForm.List, null),
        "System.Collections.Generic.LinkedList" or "System.Collections.Generic.Queue" or "System.Collections.ObjectModel.Collection"
            or "System.Collections.ObjectModel.ObservableCollection" or "System.Collections.ObjectModel.ReadOnlyCollection" => (CollectionForm.List, New),
        Immutable + "ImmutableArray" => (CollectionForm.ImmutableArray, null),
        Immutable + "ImmutableList" or Immutable + "IImmutableList" => (CollectionForm.List, Immutable + "ImmutableList.CreateRange"),
        "System.Collections.Generic.HashSet" or "System.Collections.Generic.ISet" or "System.Collections.Generic.IReadOnlySet" => (CollectionForm.Set, null),
        "System.Collections.Generic.SortedSet" or "System.Collections.ObjectModel.ReadOnlySet" => (CollectionForm.Set, New),
        Immutable + "ImmutableHashSet" or Immutable + "IImmutableSet" => (CollectionForm.Set, Immutable + "ImmutableHashSet.CreateRange"),
        Immutable + "ImmutableSortedSet" => (CollectionForm.Set, Immutable + "ImmutableSortedSet.CreateRange"),
        Frozen + "FrozenSet" => (CollectionForm.Set, Frozen + "FrozenSet.ToFrozenSet"),
        "System.Collections.Generic.Dictionary" or "System.Collections.Generic.IDictionary"
            or "System.Collections.Generic.IReadOnlyDictionary" => (CollectionForm.Map, null),
        "System.Collections.Generic.SortedDictionary" or "System.Collections.Generic.SortedList" or "System.Collections.ObjectModel.ReadOnlyDictionary" => (CollectionForm.Map, New),
        Immutable + "ImmutableDictionary" or Immutable + "IImmutableDictionary" => (CollectionForm.Map, Immutable + "ImmutableDictionary.CreateRange"),
        Immutable + "ImmutableSortedDictionary" => (CollectionForm.Map, Immutable + "ImmutableSortedDictionary.CreateRange"),
        Frozen + "FrozenDictionary" => (CollectionForm.Map, Frozen + "FrozenDictionary.ToFrozenDictionary"),
        _ => (CollectionForm.None, null),
    };
}
