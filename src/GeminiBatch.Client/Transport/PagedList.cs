using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Lists all pages. A page may be empty and yet have a successor (protocol: 10, no. 35). A list that cannot be read to its end is an error and never
/// a short list: what is not found in it would be paid for once more.
/// </summary>
internal static class PagedList
{
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        ApiTransport transport,
        string operation,
        string name,
        string pathAndQuery,
        IReadOnlyList<string> members,
        Func<JsonElement, T?> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        string? pageToken = null;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            string address = pathAndQuery + (string.IsNullOrEmpty(pageToken) ? "" : "&pageToken=" + Uri.EscapeDataString(pageToken));
            var call = new ApiCall(operation, name, HttpMethod.Get, transport.Address(address));
            string? next;
            List<T> items = [];
            using (JsonDocument page = await transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false))
            {
                next = JsonRead.Text(page.RootElement, "nextPageToken");
                items.AddRange(Entries(page.RootElement, members).Select(entry => read(entry) ?? throw Unreadable(operation, "an entry without a name")));
            }

            foreach (T item in items)
            {
                yield return item;
            }

            pageToken = string.IsNullOrEmpty(next) || tokens.Add(next) ? next : throw Unreadable(operation, "the same page token twice");
        }
        while (!string.IsNullOrEmpty(pageToken));

        IEnumerable<JsonElement> Entries(JsonElement page, IReadOnlyList<string> names)
        {
            if (names.Select(name => JsonRead.Array(page, name)).FirstOrDefault(static array => array is not null) is { } array)
            {
                return array.EnumerateArray();
            }

            return page.ValueKind == JsonValueKind.Object && page.EnumerateObject().All(static member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
                ? []
                : throw Unreadable(operation, $"a page without '{string.Join("' or '", names)}'");
        }
    }

    private static UnreadableAnswerException Unreadable(string operation, string what) =>
        new($"{operation} was answered with {what}, so the list is not complete. Try again later; if it stays so, check the endpoint.");
}
