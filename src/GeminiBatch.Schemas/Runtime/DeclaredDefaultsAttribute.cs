using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>
/// Says which members of a type have an initializer, which other assemblies cannot see: there too they are read as optional. For generated
/// code only.
/// </summary>
/// <param name="type">The type.</param>
/// <param name="members">The members' names.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredDefaultsAttribute(Type type, params string[] members) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <summary>The names of its members that have an initializer.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
