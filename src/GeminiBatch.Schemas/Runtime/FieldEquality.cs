using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Runtime;

/// <summary>Compares the values of fields. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FieldEquality
{
    /// <summary>Compares two scalars.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="x">One value.</param>
    /// <param name="y">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool Same<T>(T x, T y) => EqualityComparer<T>.Default.Equals(x, y);

    /// <summary>The number of items of a list or map.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="items">The items.</param>
    /// <returns>Their number; 0 for null.</returns>
    public static int CountOf<T>(IEnumerable<T>? items) => IsMissing(items) ? 0 : items.Count();

    /// <summary>Compares two JSON values.</summary>
    /// <param name="x">One value.</param>
    /// <param name="y">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool SameAny(JsonElement x, JsonElement y) =>
        x.ValueKind == JsonValueKind.Undefined || y.ValueKind == JsonValueKind.Undefined
            ? x.ValueKind == y.ValueKind
            : JsonElement.DeepEquals(x, y);

    /// <inheritdoc cref="SameAny(JsonElement, JsonElement)"/>
    public static bool SameAny(JsonNode? x, JsonNode? y) => JsonNode.DeepEquals(x, y);

    /// <summary>Compares two nullable values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="x">One value.</param>
    /// <param name="y">The other.</param>
    /// <param name="same">Compares values that are not null.</param>
    /// <returns>Whether both are null or equal.</returns>
    public static bool SameNullable<T>(T? x, T? y, Func<T, T, bool> same)
        where T : struct => x is { } left && y is { } right ? same(left, right) : x is null && y is null;

    /// <summary>Compares two lists in order.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="x">One list.</param>
    /// <param name="y">The other.</param>
    /// <param name="same">Compares two items.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool SameList<T>(IEnumerable<T>? x, IEnumerable<T>? y, Func<T, T, bool> same)
    {
        if (ReferenceEquals(x, y) || IsMissing(x) || IsMissing(y))
        {
            return IsMissing(x) == IsMissing(y) && (ReferenceEquals(x, y) || IsMissing(x));
        }

        using var left = x.GetEnumerator();
        using var right = y.GetEnumerator();
        while (left.MoveNext())
        {
            if (!right.MoveNext() || !same(left.Current, right.Current))
            {
                return false;
            }
        }

        return !right.MoveNext();
    }

    /// <summary>Compares two sets without order.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="x">One set.</param>
    /// <param name="y">The other.</param>
    /// <param name="same">Compares two items.</param>
    /// <returns>Whether each item of one has an equal in the other.</returns>
    public static bool SameSet<T>(IEnumerable<T>? x, IEnumerable<T>? y, Func<T, T, bool> same)
    {
        if (ReferenceEquals(x, y) || IsMissing(x) || IsMissing(y))
        {
            return IsMissing(x) == IsMissing(y) && (ReferenceEquals(x, y) || IsMissing(x));
        }

        var left = x.ToList();
        var right = y.ToList();
        return left.Count == right.Count && left.All(item => right.Any(other => same(item, other)));
    }

    /// <summary>Compares two maps without order.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="x">One map.</param>
    /// <param name="y">The other.</param>
    /// <param name="same">Compares two values.</param>
    /// <returns>Whether they have equal keys with equal values.</returns>
    public static bool SameMap<TKey, TValue>(
        IEnumerable<KeyValuePair<TKey, TValue>>? x, IEnumerable<KeyValuePair<TKey, TValue>>? y, Func<TValue, TValue, bool> same)
        where TKey : notnull
    {
        if (ReferenceEquals(x, y) || IsMissing(x) || IsMissing(y))
        {
            return IsMissing(x) == IsMissing(y) && (ReferenceEquals(x, y) || IsMissing(x));
        }

        var right = new Dictionary<TKey, TValue>(y);
        var count = 0;
        foreach (var (key, value) in x)
        {
            count++;
            if (!right.TryGetValue(key, out var other) || !same(value, other))
            {
                return false;
            }
        }

        return count == right.Count;
    }

    /// <summary>Whether a list is null, or an immutable array that was never made.</summary>
    private static bool IsMissing<T>([NotNullWhen(false)] IEnumerable<T>? items) => items is null or System.Collections.Immutable.ImmutableArray<T> { IsDefault: true };
}
