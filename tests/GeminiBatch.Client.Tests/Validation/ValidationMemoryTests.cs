using System.Globalization;
using System.Text;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Validation;

/// <summary>Memory while checking grows by at most 16 bytes a row, however many rows there are.</summary>
[Collection(nameof(Alone))]
public sealed class ValidationMemoryTests
{
    [Fact]
    public async Task Memory_grows_by_at_most_16_bytes_a_row()
    {
        const int Rows = 400_000;
        var validator = new RequestFileValidator(new RequestValidationOptions { Backend = "developer" });
        using (var few = new GeneratedRows(1_000))
        {
            await validator.ValidateAsync(few, static _ => { }, TestContext.Current.CancellationToken);
        }

        // The memory is that of the whole process: what others do meanwhile counts against the least of three only if they do it every time.
        double least = double.MaxValue;
        for (int attempt = 0; attempt < 3 && least > 16; attempt++)
        {
            using var file = new GeneratedRows(Rows);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long most = 0;
            file.AtEnd = () => most = GC.GetTotalMemory(forceFullCollection: true);

            RequestFileSummary summary = await validator.ValidateAsync(file, static _ => { }, TestContext.Current.CancellationToken);

            Assert.Equal((Rows, 0), (summary.Rows, summary.Errors));
            least = Math.Min(least, (most - before) / (double)Rows);
        }

        Assert.True(least <= 16, $"{least} bytes a row");
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_cut_and_its_bytes_are_counted_all_the_same()
    {
        byte[] file = Encoding.ASCII.GetBytes(new string('x', 1_000) + "\nshort\n" + new string('y', 1_000));
        using var trickle = new Trickle(file);
        var lines = new RowLines(trickle, longest: 100);
        var read = new List<(string, bool)>();

        await foreach ((ReadOnlyMemory<byte> line, bool isWhole) in lines.ReadAsync(TestContext.Current.CancellationToken))
        {
            read.Add((Encoding.ASCII.GetString(line.Span), isWhole));
        }

        Assert.Equal([("", false), ("short", true), ("", false)], read);
        Assert.Equal(file.Length, lines.Bytes);
    }

    [Fact]
    public void Keys_are_found_again_and_only_those()
    {
        var keys = new KeySet();
        for (uint line = 1; line <= 100_000; line++)
        {
            Assert.Equal(0u, keys.Add(Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture)), line));
        }

        for (uint line = 1; line <= 100_000; line += 997)
        {
            Assert.Equal(line, keys.Add(Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture)), 200_000));
        }
    }

    /// <summary>A file of which little comes at a time.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 16)], cancellationToken);
    }

    /// <summary>A file that is made while it is read.</summary>
    private sealed class GeneratedRows(int rows) : Stream
    {
        private byte[] _row = [];
        private int _at;
        private int _number;

        public Action? AtEnd { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == _row.Length)
            {
                if (_number == rows)
                {
                    AtEnd?.Invoke();
                    return 0;
                }

                _row = Encoding.ASCII.GetBytes($$$"""{"key":"row-{{{_number++}}}","request":{"contents":[{"parts":[{"text":"x"}]}]}}""" + "\n");
                _at = 0;
            }

            int length = Math.Min(buffer.Length, _row.Length - _at);
            _row.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
