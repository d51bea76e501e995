using System.Buffers;

namespace GeminiBatch.Emulator;

/// <summary>Walks the lines of a JSONL file in a buffer that grows only to the longest line.</summary>
internal sealed class LineScanner : IDisposable
{
    private const int MaxLineBytes = 256 * 1024 * 1024;

    private readonly FileStream file;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int start;
    private int end;
    private bool ended;

    public LineScanner(string path) => file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The 1-based number of the current line, blank ones counted.</summary>
    public int Number { get; private set; }

    /// <summary>Where the current line begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>The current line without its line ending.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Moves to the next line that is not blank.</summary>
    public bool MoveNext()
    {
        while (Read())
        {
            if (Line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        file.Dispose();
    }

    private bool Read()
    {
        var searched = 0;
        while (true)
        {
            var newline = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline, consumed: searched + newline + 1);
                return true;
            }

            searched = end - start;
            if (ended)
            {
                if (searched == 0)
                {
                    return false;
                }

                Take(searched, consumed: searched);
                return true;
            }

            Fill();
        }
    }

    private void Take(int length, int consumed)
    {
        Offset = file.Position - end + start;
        Number++;
        var line = buffer.AsMemory(start, length);
        Line = line.Span.EndsWith("\r"u8) ? line[..^1] : line;
        start += consumed;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        else if (end == buffer.Length)
        {
            if (end >= MaxLineBytes)
            {
                throw ApiException.InvalidArgument($"Error on line {Number + 1}: the line is longer than {MaxLineBytes} bytes.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        var count = file.Read(buffer, end, buffer.Length - end);
        ended = count == 0;
        end += count;
    }
}
