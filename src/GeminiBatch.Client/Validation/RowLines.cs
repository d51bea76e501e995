using System.Buffers;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>The lines of a batch file, one in memory at a time, without their line breaks and otherwise as they are.</summary>
internal sealed class RowLines(Stream file, int longest = RowLines.MaxLine)
{
    private const int FirstBuffer = 1 << 20;

    /// <summary>No row of any backend is longer than a whole inline request with margin; what is longer is cut, and no JSON.</summary>
    internal const int MaxLine = 1 << 28;

    /// <summary>Bytes of the file read so far.</summary>
    internal long Bytes { get; private set; }

    internal async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, bool IsWhole)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            (int start, int end, int scanned) = (0, 0, 0);
            bool skipping = false;
            while (true)
            {
                int found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
                if (found >= 0)
                {
                    if (!skipping)
                    {
                        yield return (buffer.AsMemory(start, scanned + found - start), true);
                    }

                    skipping = false;
                    scanned += found + 1;
                    start = scanned;
                    continue;
                }

                scanned = end;
                if (start > 0)
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (end, scanned, start) = (end - start, end - start, 0);
                }

                if (skipping)
                {
                    (start, end, scanned) = (0, 0, 0);
                }
                else if (end >= longest)
                {
                    yield return (buffer.AsMemory(0, 0), false);
                    skipping = true;
                    (start, end, scanned) = (0, 0, 0);
                }
                else if (end == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, end).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                int read = await file.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                end += read;
                Bytes += read;
            }

            if (end > start && !skipping)
            {
                yield return (buffer.AsMemory(start, end - start), true);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
