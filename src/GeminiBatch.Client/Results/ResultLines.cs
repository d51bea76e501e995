using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>Splits a stream into lines of any length without decoding them. Blank lines are passed over; the last line needs no line break.</summary>
internal static class ResultLines
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: true));
        byte[] joined = [];
        bool first = true;
        long examined = 0;
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                while (TryTakeLine(ref buffer, ref examined, result.IsCompleted, out ReadOnlySequence<byte> line))
                {
                    ReadOnlyMemory<byte> trimmed = Trim(line.IsSingleSegment ? line.First : Join(line, ref joined), first);
                    first = false;
                    if (!trimmed.IsEmpty)
                    {
                        yield return trimmed;
                    }
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
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
