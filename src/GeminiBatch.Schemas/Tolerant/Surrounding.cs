namespace GeminiBatch;

/// <summary>The text around a value, without the fences and commas that belong to it.</summary>
internal static class Surrounding
{
    /// <summary>What stands in the fence that is the whole text, without the fence's tag; the text itself when it is no such fence.</summary>
    public static ReadOnlySpan<byte> Unfenced(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text);
        if (text.Length < 6 || !text.StartsWith("```"u8) || text[3..].IndexOf("```"u8) != text.Length - 6)
        {
            return text;
        }

        ReadOnlySpan<byte> inside = text[3..^3];
        int line = inside.IndexOf((byte)'\n');
        return WhiteSpace.Trim(line >= 0 && inside[..line].IndexOfAny(" \"{["u8) < 0 ? inside[line..] : inside);
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text);
        while (text.Length > 0 && (text[0] is (byte)',' or (byte)';' || text.StartsWith("```"u8)))
        {
            text = WhiteSpace.Trim(text[(text[0] == (byte)'`' ? 3 : 1)..]);
        }

        while (text.EndsWith("```"u8))
        {
            text = WhiteSpace.Trim(text[..^3]);
        }

        return text;
    }
}
