namespace GeminiBatch;

/// <summary>The text around a value, without the fences and commas that belong to it.</summary>
internal static class Surrounding
{
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
