using System.Text;

namespace GeminiBatch.Generators;

/// <summary>Writes indented source with <c>\n</c> newlines.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

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

    public override string ToString() => _text.ToString();
}
