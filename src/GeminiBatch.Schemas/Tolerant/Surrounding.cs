namespace GeminiBatch;

/// <summary>The text around a value, without the fences and commas that belong to it.</summary>
internal static class Surrounding
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text);
        while (text.Length > 0 && text[0] is (byte)'`' or (byte)',' or (byte)';')
        {
            text = WhiteSpace.Trim(text[1..]);
        }

        while (text.Length > 0 && text[^1] == (byte)'`')
        {
            text = WhiteSpace.Trim(text[..^1]);
        }

        return text;
    }
}
