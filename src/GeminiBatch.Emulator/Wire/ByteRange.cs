using System.Globalization;

namespace GeminiBatch.Emulator;

/// <summary>A Range header against a content's length. A range of another form is ignored, as the standard allows; one past the end cannot be satisfied (protocol: 4).</summary>
internal readonly record struct ByteRange(long Start, long Length, bool IsPart, bool IsUnsatisfiable)
{
    public static ByteRange Read(string? header, long contentLength)
    {
        var whole = new ByteRange(0, contentLength, false, false);
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header.Contains(',', StringComparison.Ordinal))
        {
            return whole;
        }

        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryNumber(header.AsSpan(6, dash - 6), out var first) || !TryNumber(header.AsSpan(dash + 1), out var last) || (first is null && last is null))
        {
            return whole;
        }

        var start = first ?? Math.Max(0, contentLength - last!.Value);
        var end = first is null || last is null ? contentLength - 1 : Math.Min(last.Value, contentLength - 1);
        return start >= contentLength || (first is null && last == 0) ? new ByteRange(0, 0, false, true)
            : last < first ? whole
            : new ByteRange(start, end - start + 1, true, false);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long? number)
    {
        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return number is not null || text.IsEmpty;
    }
}
