using System.Text.Json;

namespace GeminiBatch;

/// <summary>Paths in a value: <c>$.lines[2].amount</c>, and <c>$['unit price']</c> where a name is no identifier.</summary>
internal static class ValuePath
{
    public const string Root = "$";

    public static string Member(string path, string name)
    {
        var text = new PathText(stackalloc char[PathText.Usual], path);
        text.Member(name);
        return text.ToString();
    }

    /// <summary>The path of the value that ends at or around a position of canonical JSON.</summary>
    public static string Of(ReadOnlySpan<byte> canonicalJson, int position)
    {
        var reader = new Utf8JsonReader(canonicalJson, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var steps = new Stack<(string? Name, int Index)>();
        string? name = null;
        while (reader.Read() && reader.TokenStartIndex < position)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString();
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    steps.Pop();
                    continue;
            }

            if (steps.TryPop(out var step))
            {
                steps.Push(name is null ? (null, step.Index + 1) : (name, -1));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                steps.Push((null, -1));
            }

            name = null;
        }

        var path = new PathText(stackalloc char[PathText.Usual]);
        foreach (var (member, index) in steps.Reverse())
        {
            if (member is not null)
            {
                path.Member(member);
            }
            else if (index >= 0)
            {
                path.Item(index);
            }
        }

        return path.ToString();
    }
}
