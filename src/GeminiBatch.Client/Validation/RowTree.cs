using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One row's JSON as a flat list of values that know their place in the line. Used again for each row, so that checking a file allocates next to nothing.</summary>
internal sealed class RowTree
{
    internal const int None = -1;

    /// <summary>Values of a row that are kept, in 32 MB; a request of some use has thousands.</summary>
    internal const int MaxValues = 1_000_000;

    private const int MaxDepth = 256;
    private const int MaxShown = 60;
    private readonly List<int> _open = [];
    private Node[] _nodes = new Node[256];
    private int _count;
    private ReadOnlyMemory<byte> _line;

    /// <summary>Members whose name stands in their object already.</summary>
    internal List<int> Duplicates { get; } = [];

    /// <summary>Reads a row; false when it is JSON and has more values than are kept.</summary>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    internal bool Read(ReadOnlyMemory<byte> line)
    {
        _line = line;
        _count = 0;
        _open.Clear();
        Duplicates.Clear();
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        (int nameStart, int nameLength) = (0, None);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (nameStart, nameLength) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Node closed = _nodes[_open[^1]];
                    closed.Length = (int)(reader.BytesConsumed - closed.Start);
                    _nodes[_open[^1]] = closed;
                    _open.RemoveAt(_open.Count - 1);
                    break;
                case var _ when _count == MaxValues:
                    while (reader.Read())
                    {
                    }

                    return false;
                default:
                    Add(reader.TokenType, (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), nameStart, nameLength);
                    nameLength = None;
                    break;
            }
        }

        return true;
    }

    internal JsonTokenType Kind(int node) => node == None ? JsonTokenType.None : _nodes[node].Kind;

    internal bool IsObject(int node) => Kind(node) == JsonTokenType.StartObject;

    internal bool IsArray(int node) => Kind(node) == JsonTokenType.StartArray;

    internal bool IsText(int node) => Kind(node) == JsonTokenType.String;

    /// <summary>Whether the member is there and says something: null is as good as absent.</summary>
    internal bool Has(int node) => Kind(node) is not (JsonTokenType.None or JsonTokenType.Null);

    internal int Column(int node) => node == None ? 0 : (_nodes[node].NameLength == None ? _nodes[node].Start : _nodes[node].NameStart - 1) + 1;

    internal int First(int node) => node == None ? None : _nodes[node].FirstChild;

    internal int Next(int node) => _nodes[node].NextSibling;

    internal int Count(int node)
    {
        int count = 0;
        for (int child = First(node); child != None; child = Next(child))
        {
            count++;
        }

        return count;
    }

    internal int Size(int node) => _nodes[node].Length;

    /// <summary>The member of a name, in camel case or with underscores (protocol: 1.1).</summary>
    internal int Find(int node, string name)
    {
        if (!IsObject(node))
        {
            return None;
        }

        for (int child = First(node); child != None; child = Next(child))
        {
            if (NameIs(child, name))
            {
                return child;
            }
        }

        return None;
    }

    internal bool NameIs(int node, string camelCase)
    {
        ReadOnlySpan<byte> name = NameBytes(node);
        name = name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(Name(node)) : name;
        int at = 0;
        for (int i = 0; i < name.Length; i++)
        {
            bool capital = name[i] == '_' && i > 0 && i + 1 < name.Length;
            char character = (char)(capital ? char.ToUpperInvariant((char)name[++i]) : (char)name[i]);
            if (at >= camelCase.Length || camelCase[at++] != character)
            {
                return false;
            }
        }

        return at == camelCase.Length;
    }

    /// <summary>The name, its escapes resolved.</summary>
    internal string Name(int node)
    {
        ReadOnlySpan<byte> name = NameBytes(node);
        return name.Contains((byte)'\\') ? Unescape(_line.Span.Slice(_nodes[node].NameStart - 1, name.Length + 2)) ?? "" : Encoding.UTF8.GetString(name);
    }

    /// <summary>The name in quotes; for messages.</summary>
    internal string Quoted(int node) => Quoted(Name(node));

    /// <summary>What a file says, shortened, in quotes and without what a terminal would obey.</summary>
    internal static string Quoted(string text)
    {
        string shown = text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
        return $"'{string.Concat(shown.Select(static character => char.IsControl(character) ? ' ' : character))}'";
    }

    /// <summary>The name in camel case.</summary>
    internal string CamelName(int node)
    {
        string name = Name(node);
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        // As NameIs reads it: an underscore at either end stands for itself.
        var camel = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            bool capital = name[i] == '_' && i > 0 && i + 1 < name.Length;
            camel.Append(capital ? char.ToUpperInvariant(name[++i]) : name[i]);
        }

        return camel.ToString();
    }

    internal ReadOnlySpan<byte> NameBytes(int node) => _nodes[node].NameLength == None ? [] : _line.Span.Slice(_nodes[node].NameStart, _nodes[node].NameLength);

    /// <summary>A text's characters, or a number's; null for anything else.</summary>
    internal string? Text(int node)
    {
        switch (Kind(node))
        {
            case JsonTokenType.String:
                return Unescape(Raw(node));
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(Raw(node));
            default:
                return null;
        }
    }

    internal long? Integer(int node) => Kind(node) is JsonTokenType.Number or JsonTokenType.String
        && long.TryParse(Text(node), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long value) ? value : null;

    internal ReadOnlySpan<byte> Raw(int node) => _line.Span.Slice(_nodes[node].Start, _nodes[node].Length);

    private static string? Unescape(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void Add(JsonTokenType kind, int start, int length, int nameStart, int nameLength)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Math.Min(_nodes.Length * 2, MaxValues));
        }

        int index = _count++;
        _nodes[index] = new Node { Kind = kind, Start = start, Length = length, NameStart = nameStart, NameLength = nameLength, FirstChild = None, LastChild = None, NextSibling = None };
        if (_open.Count > 0)
        {
            int parent = _open[^1];
            if (nameLength != None && IsNamed(parent, nameStart, nameLength))
            {
                Duplicates.Add(index);
            }

            if (_nodes[parent].FirstChild == None)
            {
                _nodes[parent].FirstChild = index;
            }
            else
            {
                _nodes[_nodes[parent].LastChild].NextSibling = index;
            }

            _nodes[parent].LastChild = index;
        }

        if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open.Add(index);
        }
    }

    // Objects of requests have few members; a hostile one with many is looked through only so far.
    private bool IsNamed(int parent, int nameStart, int nameLength)
    {
        ReadOnlySpan<byte> name = _line.Span.Slice(nameStart, nameLength);
        int seen = 0;
        for (int child = First(parent); child != None && seen++ < 64; child = Next(child))
        {
            if (NameBytes(child).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private struct Node
    {
        public JsonTokenType Kind;
        public int Start;
        public int Length;
        public int NameStart;
        public int NameLength;
        public int FirstChild;
        public int LastChild;
        public int NextSibling;
    }
}
