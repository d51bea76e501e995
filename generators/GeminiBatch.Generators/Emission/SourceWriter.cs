using System.Text;

namespace GeminiBatch.Generators;

/// <summary>Writes indented source with <c>\n</c> newlines.</summary>
internal sealed class SourceWriter
{
    // A schema is printed like the one before it: on each thread the memory of one is kept for the next.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static StringBuilder? s_spare;

    private readonly StringBuilder _text;
    private int _depth;

    public SourceWriter()
    {
        _text = s_spare ?? new(MostKept / 4);
        s_spare = null;
    }

    public string Indent => new(' ', _depth * 4);

    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line of three parts, one of which is long.</summary>
    public SourceWriter Line(string begin, string text, string end)
    {
        _text.Append(' ', _depth * 4).Append(begin).Append(text).Append(end).Append('\n');
        return this;
    }

    public SourceWriter Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
        return this;
    }

    /// <summary>Closes a block; a blank line that was to part it from more is taken back.</summary>
    public SourceWriter Close()
    {
        if (_text.Length > 1 && _text[_text.Length - 1] == '\n' && _text[_text.Length - 2] == '\n')
        {
            _text.Length--;
        }

        _depth--;
        return Line("}");
    }

    /// <summary>The whole source; nothing can be written behind it.</summary>
    public string Finish()
    {
        var source = _text.ToString();
        if (_text.Capacity <= MostKept)
        {
            s_spare = _text.Clear();
        }

        return source;
    }
}
