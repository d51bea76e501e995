using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>
/// Reads clean answers: one pass over strict JSON without a tree or exceptions. Any surprise sets <see cref="Failed"/>, after which every
/// member returns a default at once and the whole answer goes to the tolerant reader. For generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct AnswerReader
{
    private static readonly SearchValues<byte> s_textEnds = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static control => (byte)control)]);

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;
    private bool _isInCase;

    internal AnswerReader(ReadOnlySpan<byte> validUtf8, int maxDepth, bool canonical)
    {
        _json = validUtf8;
        _maxDepth = maxDepth;
        IsCanonical = canonical;
    }

    /// <summary>Whether something was found that a clean answer does not have.</summary>
    public bool Failed { get; private set; }

    /// <summary>
    /// Whether the text comes from the tolerant reader, which has reported what is missing and left it out, and whose constraints are
    /// checked apart.
    /// </summary>
    internal bool IsCanonical { get; }

    /// <summary>How many items of sets were equal to one before them.</summary>
    internal int Repeated { get; private set; }

    /// <summary>How far the text was read.</summary>
    internal readonly int Position => _position;

    /// <summary>Gives up on the fast path.</summary>
    public void Fail() => Failed = true;

    /// <summary>Takes null if it is next.</summary>
    /// <returns>Whether it was.</returns>
    public bool TryReadNull()
    {
        SkipWhiteSpace();
        if (Failed || !_json[_position..].StartsWith("null"u8))
        {
            return false;
        }

        _position += 4;
        return true;
    }

    /// <summary>Reads a boolean.</summary>
    /// <returns>The value.</returns>
    public bool ReadBoolean()
    {
        SkipWhiteSpace();
        if (!Failed && _json[_position..].StartsWith("true"u8))
        {
            _position += 4;
            return true;
        }

        if (!Failed && _json[_position..].StartsWith("false"u8))
        {
            _position += 5;
            return false;
        }

        Failed = true;
        return false;
    }

    /// <summary>Reads a whole number that fits its type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The value.</returns>
    public T ReadInteger<T>()
        where T : struct, IBinaryInteger<T>
    {
        var token = ReadNumberToken(out var isInteger);
        if (isInteger && T.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Failed = true;
        return default;
    }

    /// <summary>Reads a decimal number.</summary>
    /// <returns>The value.</returns>
    public decimal ReadDecimal()
    {
        // What is no zero and would become one is no clean answer.
        var token = ReadNumberToken(out _);
        if (decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value != 0 || NumberText.IsZero(token)))
        {
            return value;
        }

        Failed = true;
        return default;
    }

    /// <summary>Reads a finite binary number.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The value.</returns>
    public T ReadNumber<T>()
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var token = ReadNumberToken(out _);
        if (T.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value) && (!T.IsZero(value) || NumberText.IsZero(token)))
        {
            return value;
        }

        Failed = true;
        return default;
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The value.</returns>
    public string ReadString()
    {
        var text = ReadText();
        return Failed ? "" : Encoding.UTF8.GetString(text);
    }

    /// <summary>Whether the whole text was read without a surprise.</summary>
    /// <returns>True when only white space is left.</returns>
    internal bool IsComplete()
    {
        if (Failed)
        {
            return false;
        }

        var rest = _json[_position..];
        return rest.IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    /// <summary>Checks the value just read. Canonical answers are checked apart, so that their violations can be named.</summary>
    internal void Check(FieldRule rule, int start) =>
        Failed = Failed || (!IsCanonical && !rule.Allows(_json[start.._position].TrimStart(" \t\r\n"u8)));

    internal ReadOnlySpan<byte> ReadText()
    {
        SkipWhiteSpace();
        if (Failed || _json[_position] != '"')
        {
            Failed = true;
            return default;
        }

        var rest = _json[(_position + 1)..];
        var end = rest.IndexOfAny(s_textEnds);
        if (end >= 0 && rest[end] == '"')
        {
            _position += end + 2;
            return rest[..end];
        }

        if (end < 0 || rest[end] != '\\')
        {
            Failed = true;
            return default;
        }

        var text = JsonText.Unescape(rest, out var consumed);
        if (text is null)
        {
            Failed = true;
            return default;
        }

        _position += consumed + 1;
        return text;
    }

    /// <summary>Moves to the next token; fails at the end, so that what follows may look at the current byte.</summary>
    private void SkipWhiteSpace()
    {
        var position = _position;
        while (position < _json.Length)
        {
            if (_json[position] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _position = position;
                return;
            }

            position++;
        }

        _position = position;
        Failed = true;
    }

    private bool TryTake(byte expected)
    {
        SkipWhiteSpace();
        if (Failed || _json[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private ReadOnlySpan<byte> ReadNumberToken(out bool isInteger)
    {
        isInteger = false;
        SkipWhiteSpace();
        if (Failed)
        {
            return default;
        }

        var rest = _json[_position..];
        var length = JsonText.NumberLength(rest, out isInteger);
        _position += length;
        return rest[..length];
    }
}
