using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators;

/// <summary>
/// A declaration's doc comment, taken from its raw trivia: by default the compiler does not parse doc comments, so that the symbol has
/// none.
/// </summary>
internal sealed class DocComments
{
    private static readonly Regex s_element = new(@"<(summary|param)\b([^>]*)>(.*?)</\1\s*>", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    private static readonly Regex s_name = new("""\bname\s*=\s*["']([^"']*)["']""", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    public string? Summary { get; private set; }

    public static DocComments? Of(ISymbol symbol, CancellationToken cancellation)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var node = reference.GetSyntax(cancellation);
            var trivia = node.GetLeadingTrivia();
            if (HasComment(trivia) && Read(trivia.ToFullString()) is { } comment)
            {
                return comment;
            }
        }

        return null;
    }

    /// <summary>Whether anything stands before a declaration that is more than white space: most often nothing does.</summary>
    private static bool HasComment(SyntaxTriviaList trivia)
    {
        foreach (var part in trivia)
        {
            if (!part.IsKind(SyntaxKind.WhitespaceTrivia) && !part.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                return true;
            }
        }

        return false;
    }

    public string? Parameter(string name) => _parameters.TryGetValue(name, out var text) ? text : null;

    private static DocComments? Read(string trivia)
    {
        if (trivia.IndexOf("///", StringComparison.Ordinal) < 0 && trivia.IndexOf("/**", StringComparison.Ordinal) < 0)
        {
            return null;
        }

        // Element by element, so that a mistake in one does not cost the others: the compiler warns of it only where doc comments are on.
        var comment = new DocComments();
        foreach (Match element in s_element.Matches(Uncomment(trivia)))
        {
            var text = Text(element.Groups[3].Value);
            if (element.Groups[1].Value == "summary")
            {
                comment.Summary ??= text;
            }
            else if (text is not null && s_name.Match(element.Groups[2].Value) is { Success: true } name && name.Groups[1].Length > 0)
            {
                comment._parameters[name.Groups[1].Value] = text;
            }
        }

        return comment;
    }

    private static string Uncomment(string trivia)
    {
        var text = new StringBuilder();
        var inBlock = false;
        foreach (var raw in trivia.Split('\n'))
        {
            var line = raw.Trim();
            if (!inBlock && line.StartsWith("///", StringComparison.Ordinal) && !line.StartsWith("////", StringComparison.Ordinal))
            {
                text.Append(line.Substring(3)).Append('\n');
                continue;
            }

            if (!inBlock && line.StartsWith("/**", StringComparison.Ordinal))
            {
                inBlock = true;
                line = line.Substring(3);
            }

            if (inBlock)
            {
                var end = line.IndexOf("*/", StringComparison.Ordinal);
                inBlock = end < 0;
                text.Append((end < 0 ? line : line.Substring(0, end)).TrimStart('*')).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string? Text(string content)
    {
        // Most comments are plain words.
        if (content.IndexOf('<') < 0 && content.IndexOf('&') < 0)
        {
            return Collapsed(content);
        }

        var text = new StringBuilder();
        try
        {
            Append(XElement.Parse($"<doc>{content}</doc>", LoadOptions.PreserveWhitespace), text);
        }
        catch (XmlException)
        {
            // A bare < or &, or a tag that is not closed: what is there is read as text.
            text.Clear().Append(content);
        }

        return Collapsed(text.ToString());
    }

    private static string? Collapsed(string text)
    {
        var words = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(" ", words);
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
            {
                text.Append(words.Value);
            }
            else if (node is XElement child)
            {
                if (child.IsEmpty)
                {
                    text.Append(Reference(child));
                }
                else
                {
                    Append(child, text);
                }
            }
        }
    }

    private static string Reference(XElement element)
    {
        var target = (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword") ?? element.Attribute("href"))?.Value;
        return target is null ? " " : element.Attribute("href") is null ? target.Substring(target.LastIndexOfAny(['.', ':']) + 1) : target;
    }
}
