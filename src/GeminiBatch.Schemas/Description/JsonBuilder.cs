using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>Writes compact JSON; small enough to be compiled into the generator, where no JSON library may be loaded.</summary>
internal sealed class JsonBuilder
{
    private readonly StringBuilder _text = new();
    private bool _needsComma;

    public JsonBuilder StartObject() => Open('{');

    public JsonBuilder EndObject() => Close('}');

    public JsonBuilder StartArray() => Open('[');

    public JsonBuilder EndArray() => Close(']');

    public JsonBuilder Name(string name)
    {
        String(name);
        _text.Append(':');
        _needsComma = false;
        return this;
    }

    public JsonBuilder String(string value)
    {
        Separate();
        _text.Append('"');
        var written = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (IsPlain(value[i]))
            {
                continue;
            }

            _text.Append(value, written, i - written);
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                AppendEscape(value[i]);
                AppendEscape(value[++i]);
            }
            else
            {
                // Half a character is no text; UTF-8 cannot hold it.
                Append(char.IsSurrogate(value[i]) ? '\ufffd' : value[i]);
            }

            written = i + 1;
        }

        _text.Append(value, written, value.Length - written);
        _text.Append('"');
        return this;
    }

    public JsonBuilder Raw(string json)
    {
        Separate();
        _text.Append(json);
        return this;
    }

    public JsonBuilder Number(int value) => Raw(value.ToString(CultureInfo.InvariantCulture));

    public JsonBuilder Property(string name, string? value) => value is null ? this : Name(name).String(value);

    public JsonBuilder RawProperty(string name, string? json) => json is null ? this : Name(name).Raw(json);

    public JsonBuilder Property(string name, int? value) => value is { } number ? Name(name).Number(number) : this;

    public JsonBuilder Flag(string name, bool value) => value ? Name(name).Raw("true") : this;

    public JsonBuilder Strings(string name, IEnumerable<string> values)
    {
        Name(name).StartArray();
        foreach (var value in values)
        {
            String(value);
        }

        return EndArray();
    }

    public override string ToString() => _text.ToString();

    private JsonBuilder Open(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _needsComma = false;
        return this;
    }

    private JsonBuilder Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
        return this;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _text.Append(',');
        }

        _needsComma = true;
    }

    private static bool IsPlain(char character) => character is >= ' ' and < '\u007f' and not ('"' or '\\');

    private void Append(char character)
    {
        switch (character)
        {
            case '"':
                _text.Append("\\\"");
                break;
            case '\\':
                _text.Append("\\\\");
                break;
            case '\n':
                _text.Append("\\n");
                break;
            case < ' ':
            case '\u2028':
            case '\u2029':
            case '\u0085':
            case '\u007f':
                AppendEscape(character);
                break;
            default:
                _text.Append(character);
                break;
        }
    }

    private void AppendEscape(char unit) => _text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
}
