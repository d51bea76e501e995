using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>Says what the schema of a type is, so that assemblies that use the type ask for it, and read it, in the same way. For generated code only.</summary>
/// <param name="type">The type.</param>
/// <param name="descriptor">The descriptor as JSON.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredSchemaAttribute(Type type, string descriptor) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <summary>Its descriptor as JSON.</summary>
    public string Descriptor { get; } = descriptor;
}
