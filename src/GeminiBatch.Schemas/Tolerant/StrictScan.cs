using System.Buffers;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>
/// Checks whether strict JSON begins at a place, without making anything of it: most answers that come this far are not strict, and to find
/// that out must not cost a tree.
/// </summary>
internal static class StrictScan
{
    private static readonly SearchValues<byte> TextStops = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static control => (byte)control)]);

    /// <summary>Too deep to be told.</summary>
    public const int TooDeep = -2;

    /// <summary>Where the value ends; -1 when it is no strict JSON, <see cref="TooDeep"/> when it is nested too deeply.</summary>
    public static int End(ReadOnlySpan<byte> text, int start, int maxDepth)
    {
        Span<bool> objects = stackalloc bool[TolerantReader.DeepestAllowed];
        int depth = 0;
        int at = start;
        while (true)
        {
            // A value, unless the list is empty.
            at = Skip(text, at);
            if (at >= text.Length)
            {
                return -1;
            }

            byte first = text[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == maxDepth)
                {
                    return TooDeep;
                }

                objects[depth++] = first == (byte)'{';
                at = Skip(text, at + 1);
                if (at >= text.Length || text[at] != first + 2)
                {
                    if (first == (byte)'{' && (at = Name(text, at)) < 0)
                    {
                        return -1;
                    }

                    continue;
                }

                depth--;
                at++;
            }
            else if ((at = Scalar(text, at)) < 0)
            {
                return -1;
            }

            // What follows a value: the ends of what it stands in, then a comma.
            while (true)
            {
                if (depth == 0)
                {
                    return at;
                }

                at = Skip(text, at);
                if (at >= text.Length)
                {
                    return -1;
                }

                bool inObject = objects[depth - 1];
                if (text[at] == (inObject ? (byte)'}' : (byte)']'))
                {
                    depth--;
                    at++;
                    continue;
                }

                if (text[at] != (byte)',' || (inObject && (at = Name(text, Skip(text, at + 1)) - 1) < 0))
                {
                    return -1;
                }

                at++;
                break;
            }
        }
    }

    private static int Skip(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static int Name(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != (byte)'"' || (at = Text(text, at)) < 0)
        {
            return -1;
        }

        at = Skip(text, at);
        return at < text.Length && text[at] == (byte)':' ? at + 1 : -1;
    }

    private static int Scalar(ReadOnlySpan<byte> text, int at)
    {
        switch (text[at])
        {
            case (byte)'"':
                return Text(text, at);
            case (byte)'t' when text[at..].StartsWith("true"u8):
            case (byte)'n' when text[at..].StartsWith("null"u8):
                return at + 4;
            case (byte)'f' when text[at..].StartsWith("false"u8):
                return at + 5;
            default:
                int length = JsonText.NumberLength(text[at..], out _);
                return length == 0 ? -1 : at + length;
        }
    }

    private static int Text(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (true)
        {
            int stop = text[at..].IndexOfAny(TextStops);
            if (stop < 0 || text[at + stop] < 0x20)
            {
                return -1;
            }

            at += stop + 1;
            if (text[at - 1] == (byte)'"')
            {
                return at;
            }

            // Which escapes are right is for the reader to say; here it is enough that a quote behind a backslash is none.
            if (at >= text.Length)
            {
                return -1;
            }

            at++;
        }
    }
}
