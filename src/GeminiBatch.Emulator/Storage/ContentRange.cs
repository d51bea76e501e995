using System.Globalization;

namespace GeminiBatch.Emulator;

/// <summary>The Content-Range of a piece of a resumable upload: <c>bytes 0-524287/2000000</c>, <c>bytes 0-*/*</c>, or <c>bytes */2000000</c>, which only asks.</summary>
internal readonly record struct ContentRange(long? Start, long? End, long? Total)
{
    public bool OnlyAsks => Start is null;

    public static ContentRange Read(string? header)
    {
        if (header is null)
        {
            return new ContentRange(0, null, null);
        }

        var slash = header.IndexOf('/', StringComparison.Ordinal);
        if (!header.StartsWith("bytes ", StringComparison.Ordinal) || slash < 0 || !TryNumber(header[(slash + 1)..], out var total))
        {
            throw StorageException.Invalid($"Failed to parse Content-Range header: {header}");
        }

        var range = header[6..slash];
        if (range == "*")
        {
            return new ContentRange(null, null, total);
        }

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && TryNumber(range[..dash], out var start) && start is not null && TryNumber(range[(dash + 1)..], out var end)
            ? new ContentRange(start, end, total)
            : throw StorageException.Invalid($"Failed to parse Content-Range header: {header}");
    }

    private static bool TryNumber(string text, out long? number)
    {
        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return number is not null || text == "*";
    }
}
