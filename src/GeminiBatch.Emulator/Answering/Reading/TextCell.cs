namespace GeminiBatch.Emulator;

/// <summary>A stretch of a line that stands apart from its neighbours: by two spaces, a tab, a bar or dots.</summary>
internal readonly record struct TextCell(string Text, int Start)
{
    public int End => Start + Text.Length;
}
