namespace GeminiBatch;

/// <summary>What is under way of an upload's content: one chunk, which is kept until the service has it.</summary>
internal sealed class UploadChunk(ApiTransport transport, Stream content, long size, string what, int bytes)
{
    private readonly byte[] _bytes = new byte[(int)Math.Min(bytes, Math.Max(size, 1))];

    internal long Offset { get; private set; }

    internal int Length { get; private set; }

    internal bool IsLast { get; private set; }

    internal ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Reads the next chunk.</summary>
    /// <exception cref="InvalidDataException">The content is shorter or longer than announced.</exception>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        Offset += Length;
        int wanted = (int)Math.Min(_bytes.Length, size - Offset);
        Length = await content.ReadAtLeastAsync(_bytes.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        IsLast = Offset + Length == size;
        if (Length < wanted)
        {
            throw new InvalidDataException($"The content of {what} ended after {Offset + Length} of the announced {size} bytes. It was not uploaded.");
        }

        if (IsLast && await content.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) != 0)
        {
            throw new InvalidDataException($"The content of {what} is longer than the announced {size} bytes. It was not uploaded.");
        }
    }

    /// <summary>Sends the chunk until it is there. Each further attempt asks first how far the one before came.</summary>
    internal Task<T> SendAsync<T>(string name, Func<int, CancellationToken, Task<T>> sendAfter, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        bool sentBefore = false;
        return transport.RepeatAsync(
            name,
            token =>
            {
                bool asks = sentBefore;
                sentBefore = true;
                return asks ? ask(token) : sendAfter(0, token);
            },
            cancellationToken);
    }

    /// <summary>How many of the chunk's bytes the service has, when it tells how many of the whole.</summary>
    /// <exception cref="InvalidDataException">It has lost what it had acknowledged, or has more than was sent.</exception>
    internal int Kept(long received)
    {
        long kept = received - Offset;
        if (kept < 0 || kept > Length)
        {
            throw new InvalidDataException($"The service kept {received} bytes of {what}, which is outside the chunk at {Offset}. Upload it again.");
        }

        ClientLog.UploadContinues(transport.Logger, received, size);
        return (int)kept;
    }

    /// <summary>The address of an upload. The credentials go along to it, so it must be the service's own: behind another base address the host is replaced by ours.</summary>
    internal static Uri SessionAddress(ApiTransport transport, Uri address, bool isGoogle)
    {
        if (!isGoogle)
        {
            return new UriBuilder(address) { Scheme = transport.Endpoint.Scheme, Host = transport.Endpoint.Host, Port = transport.Endpoint.Port }.Uri;
        }

        return address.Scheme == Uri.UriSchemeHttps && address.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)
            ? address
            : throw new UnreadableAnswerException($"The service gave an upload address at the foreign host {address.Host}; nothing was sent there.");
    }
}
