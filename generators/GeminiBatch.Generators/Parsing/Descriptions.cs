using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>What the author says of a type or member: <c>[Description]</c>, else the doc comment.</summary>
internal static class Descriptions
{
    private const string Attribute = "System.ComponentModel.DescriptionAttribute";

    public static string? Of(ISymbol symbol, CancellationToken cancellation) =>
        FromAttribute(symbol) ?? DocComments.Of(symbol, cancellation)?.Summary;

    public static string? FromAttribute(ISymbol? symbol) => Clean(Attributes.Text(symbol, Attribute));

    private static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Line breaks are the author's; any other control character is none that a prompt should carry.
        var lines = text.Replace("\r\n", "\n").Trim().ToCharArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != '\n' && (char.IsControl(lines[i]) || lines[i] is '\u2028' or '\u2029'))
            {
                lines[i] = ' ';
            }
        }

        return lines.Length == 0 ? null : new string(lines);
    }
}
