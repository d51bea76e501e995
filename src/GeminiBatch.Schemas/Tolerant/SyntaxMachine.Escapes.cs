using System.Buffers.Text;
using System.Text;

namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    /// <summary>Decodes one escape into the arena.</summary>
    /// <returns>The position behind it.</returns>
    private int ReadEscape(int at)
    {
        if (at + 1 >= _text.Length)
        {
            Mend(AnswerRepairKind.StringMended, at, 1, "escape");
            return at + 1;
        }

        byte code = _text[at + 1];
        byte plain = code switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => code,
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => 0,
        };
        if (plain != 0)
        {
            _tree.Append(plain);
            return at + 2;
        }

        if (code == (byte)'u')
        {
            return ReadUnicodeEscape(at);
        }

        Mend(AnswerRepairKind.StringMended, at, 2, "escape");
        if (KeepsBackslash(code))
        {
            _tree.Append((byte)'\\');
        }

        if (code >= 0x80)
        {
            return at + 1;
        }

        _tree.Append(code);
        return at + 2;
    }

    // \s or \( is a regular expression or a path whose backslash was not doubled; \$, \_ or \' was escaped without need.
    private static bool KeepsBackslash(byte code) =>
        char.IsAsciiLetterOrDigit((char)code) || code is (byte)'(' or (byte)')' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'.' or (byte)'+' or (byte)'?' or (byte)'^' or (byte)'|';

    private int ReadUnicodeEscape(int at)
    {
        if (!TryUnit(at, out int unit))
        {
            bool cut = at + 6 > _text.Length;
            Mend(AnswerRepairKind.StringMended, at, 2, "escape");
            if (cut && IsHex(_text[(at + 2)..]))
            {
                return _text.Length;
            }

            _tree.Append((byte)'u');
            return at + 2;
        }

        int next = at + 6;
        Rune rune;
        if (char.IsHighSurrogate((char)unit) && TryUnit(next, out int low) && char.IsLowSurrogate((char)low))
        {
            rune = new Rune((char)unit, (char)low);
            next += 6;
        }
        else if (!Rune.TryCreate(unit, out rune))
        {
            Mend(AnswerRepairKind.StringMended, at, 6, "escape");
            rune = Rune.ReplacementChar;
        }

        Span<byte> utf8 = stackalloc byte[4];
        _tree.Append(utf8[..rune.EncodeToUtf8(utf8)]);
        return next;
    }

    private readonly bool TryUnit(int at, out int unit)
    {
        unit = 0;
        return at + 6 <= _text.Length && _text[at] == (byte)'\\' && _text[at + 1] == (byte)'u' && IsHex(_text.Slice(at + 2, 4)) &&
            Utf8Parser.TryParse(_text.Slice(at + 2, 4), out unit, out int used, 'x') && used == 4;
    }

    private static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }
}
