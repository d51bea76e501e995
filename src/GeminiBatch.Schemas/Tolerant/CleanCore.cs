using System.Buffers;

namespace GeminiBatch;

/// <summary>
/// A clean value with nothing around it but a fence and prose without brackets. It is the only value that the tolerant tier could find, so
/// that the fast tier may read it.
/// </summary>
internal readonly record struct CleanCore(int Start, int FenceStart, int FenceLength)
{
    private static readonly SearchValues<byte> Doubtful = SearchValues.Create("{[<`(\"\\"u8);

    private static readonly SearchValues<byte> Tag = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+"u8);

    /// <summary>Finds where the value must begin.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, SchemaIndex schema, out CleanCore core)
    {
        core = default;
        int start = text.IndexOfAny(Doubtful);
        if (start < 0 || BeginsWithName(text[..start], schema))
        {
            return false;
        }

        int fence = -1;
        int length = 0;
        if (text[start] == (byte)'`')
        {
            int tag = text[start..].IndexOfAnyExcept((byte)'`');
            int end = tag == 3 ? text[(start + tag)..].IndexOfAnyExcept(Tag) : -1;
            if (end < 0)
            {
                return false;
            }

            (fence, length) = (start, tag + end);
            start = WhiteSpace.Skip(text, start + tag + end);
        }

        core = new CleanCore(start, fence, length);

        // What begins the text has been tried already.
        return start > WhiteSpace.Skip(text, 0) && start < text.Length && text[start] is (byte)'{' or (byte)'[';
    }

    /// <summary>Whether what stands behind the value is its fence, and prose in which nothing could be a value.</summary>
    public bool EndsAt(ReadOnlySpan<byte> text, int end)
    {
        ReadOnlySpan<byte> rest = text[WhiteSpace.Skip(text, end)..];
        if (FenceStart >= 0)
        {
            if (!rest.StartsWith("```"u8))
            {
                return false;
            }

            rest = rest[3..];
        }

        return rest.IsEmpty || (rest[0] is not ((byte)',' or (byte)'}' or (byte)']') && rest.IndexOfAny(Doubtful) < 0);
    }

    // "number: …": members without a brace around them.
    private static bool BeginsWithName(ReadOnlySpan<byte> prose, SchemaIndex schema)
    {
        int colon = prose.IndexOf((byte)':');
        return colon >= 0 && schema.Find(schema.ObjectWithin(0), WhiteSpace.Trim(prose[..colon]), out _) >= 0;
    }

    public AnswerCandidate Candidate(int end) => new() { Start = Start, End = end, FenceStart = FenceStart, FenceLength = FenceLength };
}
