using System.ComponentModel;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>The JSON names of an enum's values. For generated code only.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnumNames<T>
    where T : struct, Enum
{
    private readonly (T Value, string Name)[] _values;
    private readonly byte[][] _names;

    /// <summary>Creates the table.</summary>
    /// <param name="values">Values and names.</param>
    public EnumNames(params (T Value, string Name)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
        _names = Array.ConvertAll(values, static value => Encoding.UTF8.GetBytes(value.Name));
    }

    /// <summary>Finds the value of a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out T value)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (text.SequenceEqual(_names[i]))
            {
                value = _values[i].Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Finds the name of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value has no name, so that no answer could hold it.</exception>
    public string NameOf(T value)
    {
        foreach (var (candidate, name) in _values)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
            {
                return name;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(T).Name} declares no such value, so it cannot be written.");
    }
}
