using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Lists all pages. A page may be empty and yet have a successor (protocol: 10, no. 35).</summary>
internal static class PagedList
{
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        ApiTransport transport,
        string operation,
        string name,
        string pathAndQuery,
        string member,
        Func<JsonElement, T?> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        string? pageToken = null;
        do
        {
            string address = pathAndQuery + (pageToken is null ? "" : "&pageToken=" + Uri.EscapeDataString(pageToken));
            var call = new ApiCall(operation, name, HttpMethod.Get, transport.Address(address));
            string? next;
            List<T> items = [];
            using (JsonDocument page = await transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false))
            {
                next = JsonRead.Text(page.RootElement, "nextPageToken");
                if (JsonRead.Array(page.RootElement, member) is { } array)
                {
                    items.AddRange(array.EnumerateArray().Select(read).OfType<T>());
                }
            }

            foreach (T item in items)
            {
                yield return item;
            }

            // A server that repeats its token would keep us here for ever.
            pageToken = string.IsNullOrEmpty(next) || string.Equals(next, pageToken, StringComparison.Ordinal) ? null : next;
        }
        while (pageToken is not null);
    }
}
