namespace GeminiBatch.Benchmarks;

/// <summary>A stream of a given length that costs next to nothing to read.</summary>
internal sealed class RepeatedBytes(long length) : Stream
{
    private static readonly byte[] s_block = [.. Enumerable.Range(0, 1 << 20).Select(static i => (byte)(i * 31 % 251))];
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var from = (int)(_position % s_block.Length);
        var count = (int)Math.Min(Math.Min(buffer.Length, s_block.Length - from), length - _position);
        s_block.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
