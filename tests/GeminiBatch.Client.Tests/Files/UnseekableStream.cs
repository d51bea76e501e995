namespace GeminiBatch.Client.Tests.Files;

/// <summary>A stream that cannot go back and gives few bytes at a time.</summary>
internal sealed class UnseekableStream(byte[] content, int atMost = 7000) : MemoryStream(content)
{
    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, atMost)], cancellationToken);

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atMost)]);
}
