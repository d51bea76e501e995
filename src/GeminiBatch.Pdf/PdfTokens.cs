using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>Reads the tokens of PDF objects, of which nothing has to be well-formed.</summary>
internal ref struct PdfTokens(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> s_ends = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Behind the token.</summary>
    public int Position { get; private set; }

    public PdfToken Kind { get; private set; }

    public ReadOnlySpan<byte> Token { get; private set; }

    public static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    public bool Next()
    {
        SkipSpace();
        if (Position >= _text.Length)
        {
            return false;
        }

        var start = Position++;
        switch (_text[start])
        {
            case (byte)'[':
                Kind = PdfToken.Open;
                break;
            case (byte)']':
                Kind = PdfToken.Close;
                break;
            case (byte)'<' when IsAt('<'):
                Position++;
                Kind = PdfToken.Open;
                break;
            case (byte)'>' when IsAt('>'):
                Position++;
                Kind = PdfToken.Close;
                break;
            case (byte)'<':
                var end = _text[Position..].IndexOf((byte)'>');
                Position = end < 0 ? _text.Length : Position + end + 1;
                Kind = PdfToken.Keyword;
                break;
            case (byte)'(':
                SkipString();
                Kind = PdfToken.Keyword;
                break;
            case (byte)'/':
                SkipWord();
                Kind = PdfToken.Name;
                break;
            case (byte)')' or (byte)'>' or (byte)'{' or (byte)'}':
                Kind = PdfToken.Keyword;
                break;
            default:
                SkipWord();
                Kind = Utf8Parser.TryParse(_text[start..Position], out long _, out var read) && read == Position - start ? PdfToken.Number : PdfToken.Keyword;
                break;
        }

        Token = _text[start..Position];
        return true;
    }

    public readonly long Value() => Utf8Parser.TryParse(Token, out long value, out _) ? value : -1;

    /// <summary>A name without its slash; any of its characters may be written as <c>#</c> and two hexadecimal digits.</summary>
    public readonly string Text()
    {
        var name = Encoding.Latin1.GetString(Token[1..]);
        for (var at = 0; (at = name.IndexOf('#', at)) >= 0 && at + 3 <= name.Length; at++)
        {
            if (byte.TryParse(name.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                name = string.Concat(name.AsSpan(0, at), [(char)value], name.AsSpan(at + 3));
            }
        }

        return name;
    }

    private readonly bool IsAt(char value) => Position < _text.Length && _text[Position] == value;

    private void SkipSpace()
    {
        for (; Position < _text.Length; Position++)
        {
            if (_text[Position] == '%')
            {
                var end = _text[Position..].IndexOfAny((byte)'\r', (byte)'\n');
                Position = end < 0 ? _text.Length - 1 : Position + end;
            }
            else if (!IsSpace(_text[Position]))
            {
                return;
            }
        }
    }

    private void SkipWord()
    {
        var end = _text[Position..].IndexOfAny(s_ends);
        Position = end < 0 ? _text.Length : Position + end;
    }

    private void SkipString()
    {
        for (var depth = 1; depth > 0 && Position < _text.Length; Position++)
        {
            switch (_text[Position])
            {
                case (byte)'\\':
                    Position++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')':
                    depth--;
                    break;
            }
        }

        Position = Math.Min(Position, _text.Length);
    }
}
