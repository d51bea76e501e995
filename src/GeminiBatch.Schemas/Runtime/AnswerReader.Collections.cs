using System.Collections.Immutable;

namespace GeminiBatch.Runtime;

public ref partial struct AnswerReader
{
    private static readonly ObjectShape s_pair = ObjectShape.OfNames("key", "value");

    /// <summary>Enters an object.</summary>
    /// <param name="shape">Its fields.</param>
    /// <returns>A cursor over its members.</returns>
    public ObjectCursor ReadObject(ObjectShape shape)
    {
        if (_isInCase)
        {
            _isInCase = false;
            return new ObjectCursor(shape, isInside: true);
        }

        Enter((byte)'{');
        return new ObjectCursor(shape, isInside: false);
    }

    /// <summary>Enters a case of a union, whose discriminator comes first in a clean answer.</summary>
    /// <param name="shape">The cases.</param>
    /// <returns>The case's index, or -1 after a surprise. Its object must be read next.</returns>
    public int ReadCase(ObjectShape shape)
    {
        Enter((byte)'{');
        if (ReadName(shape.Discriminator, 0) < 0)
        {
            return -1;
        }

        SkipWhiteSpace();
        if (Failed || _json[_position] != '"')
        {
            Failed = true;
            return -1;
        }

        var option = shape.Match(_json[(_position + 1)..], 0, out var length);
        _position += length + 1;
        Failed = option < 0;
        _isInCase = !Failed;
        return option;
    }

    /// <summary>Enters the object around a root that is none itself.</summary>
    internal bool TryEnterRoot(ObjectShape around)
    {
        var start = _position;
        if (!Failed && TryTake((byte)'{') && ReadName(around, 0) == 0)
        {
            _depth++;
            return true;
        }

        (_position, Failed) = (start, false);
        return false;
    }

    internal void LeaveRoot()
    {
        if (!TryTake((byte)'}'))
        {
            Failed = true;
        }
    }

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="readItem">Reads one item.</param>
    /// <returns>The items.</returns>
    public List<T> ReadList<T>(ValueReader<T> readItem)
    {
        var items = new List<T>();
        Enter((byte)'[');
        for (var isFirst = true; NextItem(isFirst); isFirst = false)
        {
            items.Add(readItem(ref this));
        }

        return items;
    }

    /// <summary>Reads a list into an array.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="readItem">Reads one item.</param>
    /// <returns>The items.</returns>
    public T[] ReadArray<T>(ValueReader<T> readItem) => [.. ReadList(readItem)];

    /// <summary>Reads a list into an immutable array.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="readItem">Reads one item.</param>
    /// <returns>The items.</returns>
    public ImmutableArray<T> ReadImmutableArray<T>(ValueReader<T> readItem) => [.. ReadList(readItem)];

    /// <summary>Reads a list of unique items; a repeated one is a surprise.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="readItem">Reads one item.</param>
    /// <returns>The items.</returns>
    public HashSet<T> ReadSet<T>(ValueReader<T> readItem)
    {
        var items = new HashSet<T>();
        Enter((byte)'[');
        for (var isFirst = true; NextItem(isFirst); isFirst = false)
        {
            if (!items.Add(readItem(ref this)))
            {
                Repeated++;
                Failed |= !IsCanonical;
            }
        }

        return items;
    }

    /// <summary>Reads a map, written as an object or as a list of <c>{key, value}</c>.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="readKey">Reads a key from its text.</param>
    /// <param name="readValue">Reads one value.</param>
    /// <returns>The entries; a repeated key is a surprise.</returns>
    public Dictionary<TKey, TValue> ReadMap<TKey, TValue>(KeyReader<TKey> readKey, ValueReader<TValue> readValue)
        where TKey : notnull
    {
        var entries = new Dictionary<TKey, TValue>();
        SkipWhiteSpace();
        if (!Failed && _json[_position] == '[')
        {
            ReadPairs(entries, readKey, readValue);
            return entries;
        }

        Enter((byte)'{');
        for (var isFirst = true; NextMember(isFirst); isFirst = false)
        {
            var found = readKey(ReadText(), out var key);
            if (!TryTake((byte)':') || !found)
            {
                Failed = true;
                break;
            }

            Failed |= !entries.TryAdd(key, readValue(ref this));
        }

        return entries;
    }

    internal bool NextMember(bool isFirst) => Next((byte)'}', isFirst);

    /// <summary>Takes a member's name and colon.</summary>
    /// <returns>The field's index, or -1 after a surprise.</returns>
    internal int ReadName(ObjectShape shape, int expected)
    {
        SkipWhiteSpace();
        if (Failed || _json[_position] != '"')
        {
            Failed = true;
            return -1;
        }

        var field = shape.Match(_json[(_position + 1)..], expected, out var length);
        _position += length + 1;
        if (field < 0 || !TryTake((byte)':'))
        {
            Failed = true;
            return -1;
        }

        return field;
    }

    private void ReadPairs<TKey, TValue>(Dictionary<TKey, TValue> entries, KeyReader<TKey> readKey, ValueReader<TValue> readValue)
        where TKey : notnull
    {
        Enter((byte)'[');
        for (var isFirst = true; NextItem(isFirst); isFirst = false)
        {
            TKey? key = default;
            TValue? value = default;
            var cursor = ReadObject(s_pair);
            while (cursor.Next(ref this))
            {
                if (cursor.Field == 1)
                {
                    value = readValue(ref this);
                    continue;
                }

                Failed |= !readKey(ReadKey<TKey>(), out key);
            }

            Failed = Failed || !entries.TryAdd(key!, value!);
        }
    }

    /// <summary>A key is text; only that of a map with whole numbers as keys may be a number.</summary>
    private ReadOnlySpan<byte> ReadKey<TKey>()
    {
        SkipWhiteSpace();
        if (Failed || _json[_position] == '"' || typeof(TKey) == typeof(string) || typeof(TKey).IsEnum)
        {
            return ReadText();
        }

        var number = ReadNumberToken(out var isInteger);
        Failed |= !isInteger;
        return number;
    }

    private bool NextItem(bool isFirst) => Next((byte)']', isFirst);

    private bool Next(byte end, bool isFirst)
    {
        if (Failed)
        {
            return false;
        }

        if (TryTake(end))
        {
            _depth--;
            return false;
        }

        if (!isFirst && !TryTake((byte)','))
        {
            Failed = true;
        }

        return !Failed;
    }

    private void Enter(byte start)
    {
        if (!TryTake(start) || ++_depth > _maxDepth)
        {
            Failed = true;
        }
    }
}
