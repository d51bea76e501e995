using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>Reads metadata back from flat entries, by the same rules as answers. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct MetadataReader
{
    private readonly IReadOnlyDictionary<string, MetadataValue> _source;
    private string _name;
    private MetadataValue _current;

    private MetadataReader(IReadOnlyDictionary<string, MetadataValue> source)
    {
        _source = source;
        _name = "";
    }

    /// <summary>The first entry that is missing or does not fit; null when all do.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads a metadata value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="source">The entries.</param>
    /// <param name="construct">Reads the members and makes the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">What does not fit.</param>
    /// <returns>Whether it could be read.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Constructors are the user's code and may refuse a value with any exception; a Try method does not throw.")]
    public static bool TryRead<T>(
        IReadOnlyDictionary<string, MetadataValue> source, MetadataConstructor<T> construct, [MaybeNullWhen(false)] out T value, out string? error)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(construct);
        var reader = new MetadataReader(source);
        try
        {
            value = construct(ref reader);
            error = reader.Error;
        }
        catch (Exception exception)
        {
            value = default;
            error = $"{typeof(T).Name} refused the values: {exception.Message}";
        }

        return error is null && value is not null;
    }

    /// <summary>Whether an entry is there.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True when it is and is not null.</returns>
    public readonly bool Has(string name) => _source.TryGetValue(name, out var value) && value.Kind != MetadataValueKind.None;

    /// <summary>Moves to an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isRequired">Whether its absence is an error.</param>
    /// <returns>Whether it is there to be read.</returns>
    public bool Find(string name, bool isRequired)
    {
        _name = name;
        if (Error is null && _source.TryGetValue(name, out _current) && _current.Kind != MetadataValueKind.None)
        {
            return true;
        }

        if (isRequired)
        {
            Error ??= $"The metadata has no entry '{name}'.";
        }

        return false;
    }

    /// <summary>Reads the entry as a scalar.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="read">Reads the value.</param>
    /// <returns>The value.</returns>
    public T Read<T>(ValueReader<T> read) => ReadText(_current.ToJson(), read);

    /// <summary>Reads the entry as JSON text.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="read">Reads the value.</param>
    /// <returns>The value.</returns>
    public T ReadJson<T>(ValueReader<T> read) => ReadText(_current.AsText ?? "", read);

    private T ReadText<T>(string json, ValueReader<T> read)
    {
        var reader = new AnswerReader(Encoding.UTF8.GetBytes(json), ParseOptions.Default.MaxDepth, canonical: true);
        var value = read(ref reader);
        if (!reader.IsComplete())
        {
            Error = $"The metadata entry '{_name}' holds {_current.Kind}, which does not fit {typeof(T).Name}.";
        }

        return value;
    }
}
