using System.ComponentModel;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>The fields of one object type as the strict reader needs them. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectShape
{
    // No text starts with it: what must be escaped never stands in an answer as it is.
    private static readonly byte[] s_unmatched = [0xFF];

    private readonly byte[][] _names;
    private readonly byte[][] _quotedNames;

    private ObjectShape(IReadOnlyList<string> names, FieldSet asked, FieldSet required, FieldRule?[] rules)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _quotedNames = [.. names.Select(static name => name.Any(static character => character is '"' or '\\' or < ' ') ? s_unmatched : Encoding.UTF8.GetBytes(name + "\""))];
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

        return MatchEscaped(text, out length);
    }

    /// <summary>A name that is written with escapes, because it must be or because the model chose to.</summary>
    private int MatchEscaped(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        var special = text.IndexOfAny((byte)'"', (byte)'\\');
        if (special < 0 || text[special] == '"' || JsonText.Unescape(text, out var consumed) is not { } name)
        {
            return -1;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (name.AsSpan().SequenceEqual(_names[i]))
            {
                length = consumed;
                return i;
            }
        }

        return -1;
    }

    private static ObjectShape Of(SchemaNode type) => type.Discriminator is { } member
        ? new([.. type.Cases.Select(static option => option.Name)], default, default, []) { Discriminator = OfNames(member) }
        : new(
        [.. type.Fields.Select(static field => field.JsonName)],
        FieldSet.Where(type.Fields, static field => !field.Recursive),
        FieldSet.Where(type.Fields, static field => field.Presence == SchemaPresence.Required),
        [.. type.Fields.Select(FieldRule.Of)]);
}
