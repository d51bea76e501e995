using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Lists, newest first, in pages. A token names the last item seen, so that what is created between two pages shifts nothing.</summary>
internal static class Page
{
    public static ApiReply Of<T>(ApiCall call, string member, IReadOnlyList<T> items, Func<T, string> name, Func<T, JsonObject> resource, int defaultSize, int maxSize)
    {
        var size = int.TryParse(call.Query("pageSize") ?? call.Query("page_size"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        if (size < 0)
        {
            throw ApiException.InvalidArgument("* page_size must not be negative.");
        }

        size = size == 0 ? defaultSize : Math.Min(size, maxSize);
        var token = call.Query("pageToken") ?? call.Query("page_token");
        if (call.Fault(EmulatedFaultKind.EmptyPage) is not null)
        {
            return ApiReply.Ok(new JsonObject { ["nextPageToken"] = string.IsNullOrEmpty(token) ? Write("first") : token });
        }

        var start = string.IsNullOrEmpty(token) ? 0 : Start(Read(token), items, name);
        var page = items.Skip(start).Take(size).ToList();
        var body = new JsonObject();
        if (page.Count > 0)
        {
            body[member] = new JsonArray([.. page.Select(resource)]);
        }

        if (start + page.Count < items.Count)
        {
            body["nextPageToken"] = Write("after " + name(page[^1]) + " " + (start + page.Count).ToString(CultureInfo.InvariantCulture));
        }

        return ApiReply.Ok(body);
    }

    private static int Start<T>(string position, IReadOnlyList<T> items, Func<T, string> name)
    {
        if (position == "first")
        {
            return 0;
        }

        var words = position.Split(' ');
        for (var index = 0; index < items.Count; index++)
        {
            if (name(items[index]) == words[1])
            {
                return index + 1;
            }
        }

        // The last item seen was deleted meanwhile: go on where it stood.
        return Math.Min(items.Count, int.Parse(words[2], CultureInfo.InvariantCulture));
    }

    private static string Write(string position) => Convert.ToBase64String(Encoding.UTF8.GetBytes(position));

    private static string Read(string token)
    {
        try
        {
            var position = Encoding.UTF8.GetString(Convert.FromBase64String(token.Replace(' ', '+')));
            if (position == "first" || (position.StartsWith("after ", StringComparison.Ordinal) && position.Split(' ') is [_, _, var count] && int.TryParse(count, out _)))
            {
                return position;
            }
        }
        catch (FormatException)
        {
        }

        throw ApiException.InvalidArgument("Invalid page token.");
    }
}
