using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Partial responses: <c>fields=items(name,size),nextPageToken</c> leaves everything else out, as Google's servers do.</summary>
internal sealed class FieldMask
{
    private readonly Dictionary<string, FieldMask> fields = new(StringComparer.Ordinal);

    public static JsonObject Apply(JsonObject body, string? mask)
    {
        if (string.IsNullOrWhiteSpace(mask))
        {
            return body;
        }

        var rest = mask.AsSpan();
        return ReadList(ref rest).Keep(body);
    }

    private static FieldMask ReadList(ref ReadOnlySpan<char> rest)
    {
        var list = new FieldMask();
        while (rest.Length > 0 && rest[0] != ')')
        {
            ReadField(ref rest, list);
            rest = rest is [',', ..] ? rest[1..] : rest;
        }

        rest = rest is [')', ..] ? rest[1..] : rest;
        return list;
    }

    private static void ReadField(ref ReadOnlySpan<char> rest, FieldMask list)
    {
        var end = rest.IndexOfAny(",()/");
        var name = (end < 0 ? rest : rest[..end]).Trim().ToString();
        rest = end < 0 ? [] : rest[end..];
        var inner = new FieldMask();
        if (rest is ['(', ..])
        {
            rest = rest[1..];
            inner = ReadList(ref rest);
        }
        else if (rest is ['/', ..])
        {
            rest = rest[1..];
            ReadField(ref rest, inner);
        }

        list.fields[name] = inner;
    }

    private JsonObject Keep(JsonObject body)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in body)
        {
            if (fields.TryGetValue(name, out var inner) || fields.TryGetValue("*", out inner))
            {
                kept[name] = value is null ? null : inner.KeepWithin(value);
            }
        }

        return kept;
    }

    private JsonNode KeepWithin(JsonNode value) => value switch
    {
        JsonObject members when fields.Count > 0 => Keep(members),
        JsonArray items when fields.Count > 0 => new JsonArray([.. items.Select(item => item is null ? null : KeepWithin(item))]),
        _ => value.DeepClone(),
    };
}
