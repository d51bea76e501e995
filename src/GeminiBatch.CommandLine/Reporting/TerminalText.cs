namespace GeminiBatch;

/// <summary>Text of documents, file names and services, made fit to be shown: it can neither steer the terminal nor break a line.</summary>
internal static class TerminalText
{
    /// <summary>Line breaks and tabs as blanks; control characters and those that change the direction of writing are left out.</summary>
    public static string Clean(string text) =>
        text.Any(IsHarmful) ? string.Concat(text.Where(character => !IsHarmful(character) || char.IsWhiteSpace(character)).Select(character => char.IsControl(character) || IsLineBreak(character) ? ' ' : character)) : text;

    /// <summary>The text with every line break and run of blanks as one blank.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsHarmful(char character) =>
        char.IsControl(character) || IsLineBreak(character) || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static bool IsLineBreak(char character) => character is '\u2028' or '\u2029';
}
