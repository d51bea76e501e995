using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Members that are neither asked for nor read.</summary>
internal static class IgnoredMembers
{
    private const int Always = 1;

    /// <summary>Whether a property is marked to be ignored, or so obsolete that no code may use it.</summary>
    public static bool Contains(IPropertySymbol property) =>
        (Attributes.Find(property, "System.Text.Json.Serialization.JsonIgnoreAttribute") is { } ignore
            && ignore.NamedArguments.FirstOrDefault(static argument => argument.Key == "Condition").Value.Value is null or Always)
        || (Attributes.Find(property, "System.ObsoleteAttribute") is { ConstructorArguments: { Length: 2 } arguments } && arguments[1].Value is true);
}
