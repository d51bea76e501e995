using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Checks a request body against its message, with the messages and paths that Google's front end answers (protocol: 2.4).</summary>
internal static class InlineCheck
{
    public static void Check(JsonNode? body, string message) => CheckMessage(body as JsonObject ?? [], message, "");

    private static void CheckMessage(JsonObject node, string message, string path)
    {
        foreach (var (name, value) in node)
        {
            if (!MessageTable.TryFind(message, name, out var field))
            {
                throw ApiException.UnknownName(name, path);
            }

            var place = path.Length == 0 ? ProtoJson.ToSnake(name) : path + "." + ProtoJson.ToSnake(name);
            if (value is JsonArray items && (field.Repeated || !field.IsAny))
            {
                if (!field.Repeated)
                {
                    throw NotRepeating(name, path);
                }

                for (var index = 0; index < items.Count; index++)
                {
                    CheckValue(items[index], field, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"));
                }
            }
            else if (field.Repeated && value is not null)
            {
                throw InvalidValue(value, field, place);
            }
            else
            {
                CheckValue(value, field, place);
            }
        }
    }

    private static void CheckValue(JsonNode? value, MessageField field, string place)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (!field.Accepts(kind))
        {
            throw InvalidValue(value, field, place);
        }

        if (value is not JsonObject members)
        {
            return;
        }

        if (field.IsMap)
        {
            var index = 0;
            foreach (var (_, entry) in members)
            {
                CheckValue(entry, field with { IsMap = false }, string.Create(CultureInfo.InvariantCulture, $"{place}[{index++}].value"));
            }
        }
        else if (field.Message is { } message)
        {
            CheckMessage(members, message, place);
        }
    }

    private static ApiException InvalidValue(JsonNode? value, MessageField field, string place)
    {
        var text = $"Invalid value at '{place}' ({field.TypeName}), {value?.ToJsonString()}";
        return ApiException.InvalidArgument(text, ApiException.BadRequest(place, text));
    }

    private static ApiException NotRepeating(string name, string path)
    {
        var text = path.Length == 0
            ? $"Invalid JSON payload received. Unknown name \"{name}\": Proto field is not repeating, cannot start list."
            : $"Invalid JSON payload received. Unknown name \"{name}\" at '{path}': Proto field is not repeating, cannot start list.";
        return ApiException.InvalidArgument(text, ApiException.BadRequest(path, text));
    }
}
