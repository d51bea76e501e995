using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace GeminiBatch.Emulator;

/// <summary>The text that a PDF draws with one-byte fonts, line by line: enough to read what ordinary programs print, nothing of pictures or embedded encodings.</summary>
internal static class PdfText
{
    private const int MaxInflatedBytes = 16 * 1024 * 1024;
    private const int MaxOperands = 4096;

    public static string Read(ReadOnlySpan<byte> pdf)
    {
        var text = new StringBuilder();
        var position = 0;
        while (position < pdf.Length)
        {
            var start = pdf[position..].IndexOf("stream"u8);
            if (start < 0)
            {
                break;
            }

            start += position;
            position = start + 6;
            if (start >= 3 && pdf[(start - 3)..start].SequenceEqual("end"u8))
            {
                continue;
            }

            var content = position;
            content += pdf[content..].StartsWith("\r\n"u8) ? 2 : pdf[content..].StartsWith("\n"u8) ? 1 : 0;
            var length = pdf[content..].IndexOf("endstream"u8);
            if (length < 0)
            {
                break;
            }

            position = content + length;
            if (Inflate(pdf.Slice(content, length), DictionaryBefore(pdf, start)) is { } bytes)
            {
                ReadContent(bytes, text);
            }
        }

        return text.ToString();
    }

    private static ReadOnlySpan<byte> DictionaryBefore(ReadOnlySpan<byte> pdf, int start)
    {
        var from = pdf[..start].LastIndexOf(" obj"u8);
        return pdf[Math.Max(from, 0)..start];
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> dictionary)
    {
        if (dictionary.IndexOf("/Filter"u8) < 0)
        {
            return dictionary.IndexOf("/Subtype"u8) >= 0 ? null : stream.ToArray();
        }

        if (dictionary.IndexOf("/FlateDecode"u8) < 0 || dictionary.IndexOf("/Image"u8) >= 0 || dictionary.IndexOf("/FontFile"u8) >= 0)
        {
            return null;
        }

        try
        {
            using var packed = new MemoryStream(stream.ToArray());
            using var inflater = new ZLibStream(packed, CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[8192];
            int count;
            while ((count = inflater.Read(buffer)) > 0 && inflated.Length < MaxInflatedBytes)
            {
                inflated.Write(buffer, 0, count);
            }

            return inflated.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Text operators of a content stream: Tj, ', " and TJ draw, Td, TD, T*, Tm and ET move.</summary>
    private static void ReadContent(ReadOnlySpan<byte> content, StringBuilder text)
    {
        if (content.IndexOf("BT"u8) < 0)
        {
            return;
        }

        var operands = new List<object>();
        var inText = false;
        var position = 0;
        while (position < content.Length)
        {
            var letter = (char)content[position];
            if (letter == '(')
            {
                operands.Add(ReadLiteral(content, ref position));
            }
            else if (letter == '<' && position + 1 < content.Length && content[position + 1] != (byte)'<')
            {
                operands.Add(ReadHex(content, ref position));
            }
            else if (char.IsWhiteSpace(letter) || letter is '[' or ']' or '<' or '>' or '{' or '}' or ')')
            {
                position++;
            }
            else
            {
                var word = ReadWord(content, ref position);
                if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                {
                    operands.Add(number);
                }
                else if (word[0] != '/')
                {
                    inText = word == "BT" || (inText && word != "ET");
                    Apply(word, operands, text, inText);
                    operands.Clear();
                }
            }

            if (operands.Count > MaxOperands)
            {
                operands.Clear();
            }
        }

        EndLine(text);
    }

    private static void Apply(string word, List<object> operands, StringBuilder text, bool inText)
    {
        switch (word)
        {
            case "ET" or "T*":
                EndLine(text);
                break;
            case "Td" or "TD" when operands is [.., double, double down]:
                if (Math.Abs(down) > 0.01)
                {
                    EndLine(text);
                }
                else
                {
                    text.Append("  ");
                }

                break;
            case "Tm":
                EndLine(text);
                break;
            case "'" or "\"" when inText:
                EndLine(text);
                Draw(operands, text);
                break;
            case "Tj" or "TJ" when inText:
                Draw(operands, text);
                break;
        }
    }

    private static void Draw(List<object> operands, StringBuilder text)
    {
        foreach (var operand in operands)
        {
            // A wide gap inside a TJ array stands for a space.
            _ = operand switch
            {
                string drawn => text.Append(drawn),
                double gap when gap < -200 => text.Append(' '),
                _ => text,
            };
        }
    }

    private static void EndLine(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    private static string ReadWord(ReadOnlySpan<byte> content, ref int position)
    {
        var start = position++;
        while (position < content.Length && !char.IsWhiteSpace((char)content[position]) && (char)content[position] is not ('(' or '[' or ']' or '<' or '>' or '/' or '{' or '}'))
        {
            position++;
        }

        return Encoding.Latin1.GetString(content[start..position]);
    }

    private static string ReadLiteral(ReadOnlySpan<byte> content, ref int position)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (; position < content.Length; position++)
        {
            var letter = (char)content[position];
            if (letter == '\\' && position + 1 < content.Length)
            {
                text.Append(ReadEscape(content, ref position));
                continue;
            }

            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0)
            {
                position++;
                break;
            }

            if (letter != '(' || depth > 1)
            {
                text.Append(Character(content[position]));
            }
        }

        return text.ToString();
    }

    private static string ReadEscape(ReadOnlySpan<byte> content, ref int position)
    {
        var letter = (char)content[++position];
        if (letter is < '0' or > '7')
        {
            return letter switch { 'n' => "\n", 't' => "\t", 'r' or 'b' or 'f' or '\n' or '\r' => "", _ => letter.ToString() };
        }

        var code = 0;
        for (var digit = 0; digit < 3 && position < content.Length && content[position] is >= (byte)'0' and <= (byte)'7'; digit++)
        {
            code = (code * 8) + content[position++] - '0';
        }

        position--;
        return Character((byte)code).ToString();
    }

    private static string ReadHex(ReadOnlySpan<byte> content, ref int position)
    {
        var digits = new StringBuilder();
        for (position++; position < content.Length && content[position] != (byte)'>'; position++)
        {
            if (char.IsAsciiHexDigit((char)content[position]))
            {
                digits.Append((char)content[position]);
            }
        }

        position++;
        var bytes = Convert.FromHexString(digits.Length % 2 == 0 ? digits.ToString() : digits.Append('0').ToString());
        return string.Concat(bytes.Select(Character));
    }

    /// <summary>WinAnsi differs from Latin-1 in a few characters that invoices have.</summary>
    private static char Character(byte code) => code switch
    {
        0x80 => '€',
        0x91 or 0x92 => '\'',
        0x93 or 0x94 => '"',
        0x95 => '•',
        0x96 or 0x97 => '-',
        _ => (char)code,
    };
}
