using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Paths in a value: <c>$.lines[2].amount</c>, and <c>$['unit price']</c> where a name is no identifier.</summary>
internal static class ValuePath
{
    public const string Root = "$";

    public static string Member(string path, string name) => Append(new StringBuilder(path), name).ToString();

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

        var path = new StringBuilder(Root);
        foreach (var (member, index) in steps.Reverse())
        {
            _ = member is not null ? Append(path, member) : index >= 0 ? path.Append('[').Append(index).Append(']') : path;
        }

        return path.ToString();
    }

    public static StringBuilder Append(StringBuilder path, string name)
    {
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsLetterOrDigit(c) || c == '_'))
        {
            return path.Append('.').Append(name);
        }

        return path.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }
}
