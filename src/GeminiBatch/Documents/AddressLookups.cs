using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>Looks at the addresses of the next documents while earlier ones are planned: one after the other, a million of them would take a day.</summary>
internal sealed class AddressLookups(IBatchBackend backend)
{
    /// <summary>Documents read ahead, and so lookups at a time.</summary>
    public const int MostAhead = 32;

    // Documents often share an address, such as that of a guideline: it is looked at once.
    private const int MostKept = 1_000;
    private readonly Dictionary<string, Task<AddressedFile?>> _lookups = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>The documents, in their order; addresses of the next ones are being looked at when one is given out.</summary>
    public async IAsyncEnumerable<BatchDocument> AheadAsync(IAsyncEnumerable<BatchDocument> documents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var ahead = new Queue<BatchDocument>();
            await foreach (var document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                ahead.Enqueue(document);
                var most = 0;
                foreach (var part in document.Parts.OfType<BatchDocumentPart.UriPart>())
                {
                    _ = Find(part.Address, stop.Token);
                    most = MostAhead;
                }

                // Documents that are held in memory are not kept waiting there.
                while (ahead.Count > most)
                {
                    yield return ahead.Dequeue();
                }
            }

            while (ahead.TryDequeue(out var document))
            {
                yield return document;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var lookup in _lookups.Values)
            {
                await ((Task)lookup).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What <see cref="IBatchBackend.FindFileAsync"/> says of an address.</summary>
    public Task<AddressedFile?> FindAsync(string address, CancellationToken cancellationToken) => Find(address, cancellationToken).WaitAsync(cancellationToken);

    private Task<AddressedFile?> Find(string address, CancellationToken cancellationToken)
    {
        if (_lookups.TryGetValue(address, out var begun))
        {
            return begun;
        }

        if (_lookups.Count >= MostKept && _oldest.TryDequeue(out var oldest))
        {
            _lookups.Remove(oldest);
        }

        var lookup = AskAsync(address, cancellationToken);
        _lookups.Add(address, lookup);
        _oldest.Enqueue(address);
        return lookup;
    }

    // What goes wrong belongs to the document whose turn it is, not to the one that was being planned.
    private async Task<AddressedFile?> AskAsync(string address, CancellationToken cancellationToken) =>
        backend.WhyUnreadable(address) is null ? await backend.FindFileAsync(address, cancellationToken).ConfigureAwait(false) : null;
}
