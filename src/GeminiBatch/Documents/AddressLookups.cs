using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>Looks at the addresses of the next documents while earlier ones are planned: one after the other, a million of them would take a day.</summary>
internal sealed class AddressLookups(IBatchBackend backend) : IDisposable
{
    /// <summary>Documents read ahead, and lookups at a time.</summary>
    public const int MostAhead = 32;

    private const int MostBegun = 256;

    // Documents often share an address, such as that of a guideline: it is looked at once.
    private const int MostKept = 1_000;
    private const int MostTextAhead = 10_000;
    private readonly Dictionary<string, Lookup> _lookups = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private readonly SemaphoreSlim _room = new(MostAhead);
    private int _begun;

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
                var most = BeginAll(document, stop.Token) && IsLight(document) ? MostAhead : 0;
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
                await ((Task)lookup.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What <see cref="IBatchBackend.FindFileAsync"/> says of an address.</summary>
    public Task<AddressedFile?> FindAsync(string address, CancellationToken cancellationToken)
    {
        var lookup = Begin(address, cancellationToken);
        if (!lookup.IsTaken)
        {
            lookup.IsTaken = true;
            _begun--;
        }

        return lookup.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _room.Dispose();

    // Documents that are held in memory are not kept waiting there.
    private static bool IsLight(BatchDocument document) => document.Parts.All(static part =>
        part is BatchDocumentPart.UriPart or BatchDocumentPart.LocalFilePart or BatchDocumentPart.TextPart { Value.Length: <= MostTextAhead });

    private bool BeginAll(BatchDocument document, CancellationToken cancellationToken)
    {
        var hasAddress = false;
        foreach (var part in document.Parts)
        {
            if (part is BatchDocumentPart.UriPart { Address: var address })
            {
                hasAddress = true;
                if (_begun < MostBegun)
                {
                    Begin(address, cancellationToken);
                }
            }
        }

        return hasAddress;
    }

    private Lookup Begin(string address, CancellationToken cancellationToken)
    {
        if (_lookups.TryGetValue(address, out var known))
        {
            return known;
        }

        // What nobody has taken yet is still to come: it stays.
        while (_lookups.Count >= MostKept && _oldest.TryDequeue(out var oldest))
        {
            if (_lookups[oldest].IsTaken)
            {
                _lookups.Remove(oldest);
            }
            else
            {
                _oldest.Enqueue(oldest);
            }
        }

        var lookup = new Lookup(AskAsync(address, cancellationToken));
        _lookups.Add(address, lookup);
        _oldest.Enqueue(address);
        _begun++;
        return lookup;
    }

    // What goes wrong belongs to the document whose turn it is, not to the one that was being planned.
    private async Task<AddressedFile?> AskAsync(string address, CancellationToken cancellationToken)
    {
        if (backend.WhyUnreadable(address) is not null)
        {
            return null;
        }

        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await backend.FindFileAsync(address, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    private sealed class Lookup(Task<AddressedFile?> task)
    {
        public Task<AddressedFile?> Task => task;

        public bool IsTaken { get; set; }
    }
}
