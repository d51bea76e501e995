using System.Globalization;
using System.Text;

namespace GeminiBatch.Generators;

/// <summary>
/// Reads JSON into dictionaries, lists, strings, numbers, booleans and nulls. A compiler does not give its analyzers a JSON library of their own
/// version everywhere.
/// </summary>
internal sealed class JsonText
{
    private const int MaximumDepth = 64;

    private readonly string _text;
    private readonly bool _isExact;
    private int _at;

    private JsonText(string text, bool isExact) => (_text, _isExact) = (text, isExact);

    /// <param name="text">The text.</param>
    /// <param name="isExact">Whether numbers are read as <see cref="JsonNumber"/>, as they are written.</param>
    /// <exception cref="FormatException">The text is no JSON; the message says where.</exception>
    public static object? Read(string text, bool isExact = false)
    {
        var reader = new JsonText(text, isExact);
        var value = reader.ReadValue(0);
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Fault("the end");
    }

    private object? ReadValue(int depth)
    {
        SkipSpace();
        if (depth > MaximumDepth || _at >= _text.Length)
        {
            throw Fault("a value");
        }

        switch (_text[_at])
        {
            case '{': return ReadObject(depth);
            case '[': return ReadArray(depth);
            case '"': return ReadString();
            case 't' when Take("true"): return true;
            case 'f' when Take("false"): return false;
            case 'n' when Take("null"): return null;
            default: return ReadNumber();
        }
    }

    private Dictionary<string, object?> ReadObject(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        for (SkipSpace(); !Take("}"); SkipSpace())
        {
            if (members.Count > 0)
            {
                Expect(",");
                SkipSpace();
            }

            var name = ReadString();
            SkipSpace();
            Expect(":");
            members[name] = ReadValue(depth + 1);
        }

        return members;
    }

    private List<object?> ReadArray(int depth)
    {
        var items = new List<object?>();
        _at++;
        for (SkipSpace(); !Take("]"); SkipSpace())
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            items.Add(ReadValue(depth + 1));
        }

        return items;
    }

    private string ReadString()
    {
        Expect("\"");
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '"')
        {
            text.Append(_text[_at] == '\\' ? ReadEscape() : _text[_at++]);
        }

        Expect("\"");
        return text.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        var escape = _at < _text.Length ? _text[_at++] : throw Fault("an escape");
        switch (escape)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            case '"' or '\\' or '/': return escape;
            default: throw Fault("an escape");
        }
    }

    private object ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
        {
            _at++;
        }

        var text = _text.Substring(start, _at - start);
        return !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? throw Fault("a value")
            : _isExact ? new JsonNumber(text) : number;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\r' or '\n'))
        {
            _at++;
        }
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Fault(token);
        }
    }

    private FormatException Fault(string wanted) => new(FormattableString.Invariant($"{wanted} is missing in line {_text.Take(_at).Count(static character => character == '\n') + 1}"));
}
