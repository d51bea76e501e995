using System.Text;

namespace GeminiBatch;

/// <summary>The values of an enum, made ready once for comparing them with what an answer says.</summary>
internal sealed class EnumTexts
{
    private readonly byte[][] _exact;
    private readonly Dictionary<string, int> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _descriptions = new(StringComparer.Ordinal);

    public EnumTexts(IReadOnlyList<SchemaEnumValue> values)
    {
        Values = values;
        _exact = [.. values.Select(static value => Encoding.UTF8.GetBytes(value.JsonName))];
        Names = [.. values.Select(static value => value.Aliases.Prepend(value.MemberName).Prepend(value.JsonName).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).ToArray())];
        for (int i = 0; i < values.Count; i++)
        {
            foreach (string alias in values[i].Aliases)
            {
                Claim(_aliases, alias, i);
            }

            foreach (string name in Names[i])
            {
                Claim(_folded, NameFolding.Fold(name), i);
            }

            Claim(_descriptions, NameFolding.Fold(values[i].Description ?? ""), i);
        }
    }

    public IReadOnlyList<SchemaEnumValue> Values { get; }

    /// <summary>For each value its JSON name, C# name and aliases.</summary>
    public IReadOnlyList<string>[] Names { get; }

    /// <summary>The value whose JSON name a text is; -1 when there is none.</summary>
    public int Exact(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < _exact.Length; i++)
        {
            if (text.SequenceEqual(_exact[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public ReadOnlySpan<byte> NameOf(int value) => _exact[value];

    public int Alias(string text) => _aliases.GetValueOrDefault(text, -1);

    public int Folded(string folded) => _folded.GetValueOrDefault(folded, -1);

    public int Described(string folded) => _descriptions.GetValueOrDefault(folded, -1);

    // What two values claim stands for neither.
    private static void Claim(Dictionary<string, int> texts, string text, int value)
    {
        if (text.Length > 0 && !texts.TryAdd(text, value) && texts[text] != value)
        {
            texts[text] = -2;
        }
    }
}
