using System.ComponentModel;

namespace GeminiBatch.Runtime;

/// <summary>The fields of one object type as the strict reader needs them. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectShape
{
    private readonly byte[][] _quotedNames;

    private ObjectShape(IReadOnlyList<string> names, FieldSet asked, FieldSet required, FieldRule?[] rules)
    {
        _quotedNames = [.. names.Select(static name => CanonicalWriter.Quoted(name)[1..])];
        Asked = asked;
        Required = required;
        Rules = rules;
        Discriminator = this;
    }

    /// <summary>The one member that names the case, where the names are those of a union's cases.</summary>
    internal ObjectShape Discriminator { get; private init; }

    /// <summary>The fields that a clean answer has; only those of recursive types may be missing from one.</summary>
    internal FieldSet Asked { get; }

    /// <summary>The fields that a canonical answer has.</summary>
    internal FieldSet Required { get; }

    internal FieldRule?[] Rules { get; }

    /// <summary>The shapes of all objects of a schema.</summary>
    /// <param name="descriptor">The schema.</param>
    /// <returns>One per type, by index; those of other kinds have no fields.</returns>
    public static ObjectShape[] Of(SchemaDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return [.. descriptor.Types.Select(Of)];
    }

    internal static ObjectShape OfNames(params string[] names)
    {
        var all = FieldSet.Where(names, static _ => true);
        return new(names, all, all, new FieldRule?[names.Length]);
    }

    /// <summary>Finds the field whose name the text starts with.</summary>
    /// <param name="text">The answer behind the opening quote of a name.</param>
    /// <param name="expected">The field that would come next in the schema's order.</param>
    /// <param name="length">The length of the name with its closing quote.</param>
    /// <returns>The field's index, or -1.</returns>
    internal int Match(ReadOnlySpan<byte> text, int expected, out int length)
    {
        if ((uint)expected < (uint)_quotedNames.Length && text.StartsWith(_quotedNames[expected]))
        {
            length = _quotedNames[expected].Length;
            return expected;
        }

        for (var i = 0; i < _quotedNames.Length; i++)
        {
            if (text.StartsWith(_quotedNames[i]))
            {
                length = _quotedNames[i].Length;
                return i;
            }
        }

        length = 0;
        return -1;
    }

    private static ObjectShape Of(SchemaNode type) => type.Discriminator is { } member
        ? new([.. type.Cases.Select(static option => option.Name)], default, default, []) { Discriminator = OfNames(member) }
        : new(
        [.. type.Fields.Select(static field => field.JsonName)],
        FieldSet.Where(type.Fields, static field => !field.Recursive),
        FieldSet.Where(type.Fields, static field => field.Presence == SchemaPresence.Required),
        [.. type.Fields.Select(static field => field.HasConstraints ? new FieldRule(field) : null)]);
}
