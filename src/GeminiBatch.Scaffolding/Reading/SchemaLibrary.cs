using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>The schemas of one document, read when they are asked for.</summary>
internal sealed class SchemaLibrary
{
    private readonly JsonElement _root;
    private readonly SchemaReader _reader;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public SchemaLibrary(JsonElement root, NoteList notes)
    {
        Check(root);
        _root = root;
        _reader = new SchemaReader(this, notes);
        Root = At("#");
    }

    public SchemaNode Root { get; }

    /// <summary>The schema at a pointer.</summary>
    public SchemaNode At(string pointer)
    {
        if (_nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var element = JsonPointers.Find(_root, pointer)
            ?? throw new ScaffoldingException(pointer, "A reference leads here, and there is nothing. Add the definition or correct the reference.");
        return Read(element, pointer);
    }

    /// <summary>Reads a schema once.</summary>
    public SchemaNode Read(JsonElement element, string pointer)
    {
        if (_nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        if (!_open.Add(pointer))
        {
            throw new ScaffoldingException(pointer, "The schema includes itself through allOf or $ref, so that no value can be described by it.");
        }

        var node = _reader.Read(element, pointer);
        _open.Remove(pointer);
        _nodes.Add(pointer, node);
        return node;
    }

    /// <summary>The schema that a node stands for, itself when it is no reference.</summary>
    public SchemaNode Follow(SchemaNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (node.Reference is { } reference)
        {
            if (!seen.Add(reference))
            {
                throw new ScaffoldingException(node.Pointer, "The reference leads back to itself.");
            }

            node = At(reference);
        }

        return node;
    }

    /// <summary>The pointer that a <c>$ref</c> means.</summary>
    public string Target(string reference, string pointer)
    {
        if (reference is "#" or "")
        {
            return "#";
        }

        if (reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return "#" + Uri.UnescapeDataString(reference[1..]);
        }

        if (_root.ValueKind == JsonValueKind.Object && _root.TryGetProperty("$id", out var id) && id.ValueKind == JsonValueKind.String
            && id.GetString() is { Length: > 0 } text && reference.StartsWith(text, StringComparison.Ordinal))
        {
            return Target(reference[text.Length..], pointer);
        }

        return (reference[0] == '#' ? FindAnchor(_root, "#", reference[1..]) : null)
            ?? throw new ScaffoldingException(pointer, $"The reference '{reference}' leads out of this document. Put the schema it means under $defs.");
    }

    /// <summary>JSON allows half a surrogate pair as an escape; no C# source can hold one.</summary>
    private static void Check(JsonElement element)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String: _ = element.GetString(); break;
                case JsonValueKind.Array: element.EnumerateArray().ToList().ForEach(Check); break;
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                    {
                        _ = member.Name;
                        Check(member.Value);
                    }

                    break;
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new ScaffoldingException("#", "A string of the schema holds half a surrogate pair, which is no text.", exception);
        }
    }

    private static string? FindAnchor(JsonElement element, string pointer, string anchor)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.TryGetProperty("$anchor", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == anchor
                ? pointer
                : element.EnumerateObject().Select(member => FindAnchor(member.Value, JsonPointers.Append(pointer, member.Name), anchor))
                    .FirstOrDefault(found => found is not null);
        }

        return element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray().Select((item, index) => FindAnchor(item, JsonPointers.Append(pointer, index), anchor))
                .FirstOrDefault(found => found is not null)
            : null;
    }
}
