using System.Buffers;
using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>
/// Writes compact strict JSON into a pooled buffer and can go back to a mark, which System.Text.Json's writer cannot: a value that turns out
/// to be unusable takes its name along.
/// </summary>
internal sealed class CanonicalWriter : IDisposable
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(value => (byte)value)]);

    // What a thread keeps for its next answer.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static CanonicalWriter? s_spare;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    private CanonicalWriter()
    {
    }

    public int Length { get; private set; }

    /// <summary>How many bytes the rented memory holds.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Whether all text that will be written is known to be UTF-8.</summary>
    public bool TrustsText { get; private set; }

    /// <summary>An empty writer, with the buffer of one that was disposed on this thread.</summary>
    public static CanonicalWriter Rent(bool trustsText = false)
    {
        CanonicalWriter writer = s_spare ?? new CanonicalWriter();
        s_spare = null;
        writer.TrustsText = trustsText;
        return writer;
    }

    /// <summary>A text as a JSON string.</summary>
    public static byte[] Quoted(string text)
    {
        using CanonicalWriter writer = Rent();
        writer.String(text);
        return writer.ToArray();
    }

    public byte[] ToArray() => _buffer.AsSpan(0, Length).ToArray();

    public void Rewind(int mark) => Length = mark;

    public ReadOnlySpan<byte> Since(int mark) => _buffer.AsSpan(mark, Length - mark);

    public void Raw(byte value)
    {
        Reserve(1);
        _buffer[Length++] = value;
    }

    public void Raw(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(_buffer.AsSpan(Length));
        Length += json.Length;
    }

    /// <summary>Writes the comma that parts a value from the one before it.</summary>
    public void Separate(ref bool first)
    {
        if (!first)
        {
            Raw((byte)',');
        }

        first = false;
    }

    public void Name(ReadOnlySpan<byte> name)
    {
        String(name);
        Raw((byte)':');
    }

    public void String(string text) => String(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes text as a string; bytes that are no UTF-8 become U+FFFD.</summary>
    public void String(ReadOnlySpan<byte> utf8)
    {
        if (!TrustsText && !System.Text.Unicode.Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        Raw((byte)'"');
        while (true)
        {
            int plain = utf8.IndexOfAny(Escaped);
            if (plain < 0)
            {
                Raw(utf8);
                break;
            }

            Raw(utf8[..plain]);
            Escape(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        Raw((byte)'"');
    }

    public void Dispose()
    {
        Length = 0;
        if (s_spare is not null || _buffer.Length > MostKept)
        {
            byte[] buffer = _buffer;
            _buffer = [];
            Release(buffer);
        }

        s_spare ??= this;
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            default:
                Raw(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{value:x4}")));
                break;
        }
    }

    private void Reserve(int length)
    {
        if (Length + length <= _buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_buffer.Length * 2, 1024), Length + length));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        Release(_buffer);
        _buffer = larger;
    }

    private static void Release(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
