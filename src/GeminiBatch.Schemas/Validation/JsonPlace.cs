using System.Text.Json;

namespace GeminiBatch;

/// <summary>Where a text of strict JSON stands.</summary>
internal static class JsonPlace
{
    /// <returns>The path of the value that would come next, behind the last byte of an unfinished text.</returns>
    public static string AtEnd(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
        var path = new List<(string? Name, int Index)>();
        var wasName = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Next();
                    path.Add(("", -1));
                    break;
                case JsonTokenType.StartArray:
                    Next();
                    path.Add((null, -1));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.RemoveAt(path.Count - 1);
                    break;
                case JsonTokenType.PropertyName:
                    path[^1] = (reader.GetString(), -1);
                    break;
                default:
                    Next();
                    break;
            }

            wasName = reader.TokenType == JsonTokenType.PropertyName;
        }

        // A number at the very end is not taken, because more digits could follow.
        if (json[(int)reader.BytesConsumed..].TrimStart(" ,"u8).Length > 0)
        {
            Next();
        }

        if (!wasName)
        {
            Next();
        }

        return ReadingReport.TextOf(path);

        void Next()
        {
            if (path.Count > 0 && path[^1].Name is null)
            {
                path[^1] = (null, path[^1].Index + 1);
            }
        }
    }
}
