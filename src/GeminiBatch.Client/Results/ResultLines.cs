using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>
/// Splits a stream into lines without decoding them. Blank lines are passed over; the last line needs no line break. Of a line that is too long to
/// be a row only the beginning is kept: it names no row, and the rows behind it are read all the same.
/// </summary>
internal static class ResultLines
{
    /// <summary>A row of Vertex AI repeats its request, media included; no request takes a tenth of this (protocol: 1.6).</summary>
    internal const int LongestLine = 512 * 1024 * 1024;

    private const int KeptOfLongest = 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    internal static IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(stream, LongestLine, cancellationToken);

    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int longestLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: true));
        byte[] joined = [];
        bool first = true;
        long examined = 0;
        byte[]? beginning = null;
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                while (TryTakeLine(ref buffer, ref examined, result.IsCompleted, out ReadOnlySequence<byte> line))
                {
                    ReadOnlyMemory<byte> whole = beginning ?? (line.Length > longestLine ? Beginning(line) : line.IsSingleSegment ? line.First : Join(line, ref joined));
                    beginning = null;
                    ReadOnlyMemory<byte> trimmed = Trim(whole, first);
                    first = false;
                    if (!trimmed.IsEmpty)
                    {
                        yield return trimmed;
                    }
                }

                if (buffer.Length > longestLine || beginning is not null)
                {
                    beginning ??= Beginning(buffer);
                    buffer = buffer.Slice(buffer.End);
                    examined = 0;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    if (beginning is not null)
                    {
                        yield return beginning;
                    }

                    yield break;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    // A long line arrives over many reads: what was searched before is not searched again.
    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, ref long examined, bool isCompleted, out ReadOnlySequence<byte> line)
    {
        SequencePosition? end = buffer.Slice(examined).PositionOf((byte)'\n');
        if (end is { } position)
        {
            line = buffer.Slice(0, position);
            buffer = buffer.Slice(buffer.GetPosition(1, position));
            examined = 0;
            return true;
        }

        if (isCompleted && !buffer.IsEmpty)
        {
            line = buffer;
            buffer = buffer.Slice(buffer.End);
            examined = 0;
            return true;
        }

        examined = buffer.Length;
        line = default;
        return false;
    }

    private static byte[] Beginning(ReadOnlySequence<byte> line) => line.Slice(0, Math.Min(KeptOfLongest, line.Length)).ToArray();

    private static ReadOnlyMemory<byte> Join(ReadOnlySequence<byte> line, ref byte[] joined)
    {
        if (joined.Length < line.Length)
        {
            joined = new byte[Math.Max(checked((int)line.Length), (int)Math.Min(joined.LongLength * 2, Array.MaxLength))];
        }

        line.CopyTo(joined);
        return joined.AsMemory(0, (int)line.Length);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, bool first)
    {
        if (first && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        return line.Trim(" \t\r"u8);
    }
}
