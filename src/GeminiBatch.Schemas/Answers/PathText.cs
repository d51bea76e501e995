using System.Buffers;
using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>Builds a path without intermediate strings; reports hold many.</summary>
internal ref struct PathText
{
    /// <summary>The length of most paths.</summary>
    public const int Usual = 128;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private Span<char> _text;
    private int _length;

    public PathText(Span<char> buffer, string path = ValuePath.Root)
    {
        _text = buffer;
        Append(path);
    }

    public void Member(ReadOnlySpan<byte> name)
    {
        if (name.Length > Usual)
        {
            Member(Encoding.UTF8.GetString(name));
            return;
        }

        Span<char> characters = stackalloc char[Usual];
        Member(characters[..Encoding.UTF8.GetChars(name, characters)]);
    }

    public void Member(scoped ReadOnlySpan<char> name)
    {
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && IsPlain(name))
        {
            Append(".");
            Append(name);
            return;
        }

        Append("['");
        foreach (char c in name)
        {
            Append(c is '\\' or '\'' ? "\\" : "");
            Append([c]);
        }

        Append("']");
    }

    public void Item(int index)
    {
        Span<char> digits = stackalloc char[11];
        index.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        Append("[");
        Append(digits[..length]);
        Append("]");
    }

    public override readonly string ToString() => _text[.._length].ToString();

    private static bool IsPlain(scoped ReadOnlySpan<char> name)
    {
        int other = name.IndexOfAnyExcept(Plain);
        while (other >= 0 && char.IsLetterOrDigit(name[other]))
        {
            name = name[(other + 1)..];
            other = name.IndexOfAnyExcept(Plain);
        }

        return other < 0;
    }

    private void Append(scoped ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _text.Length)
        {
            var larger = new char[Math.Max(_text.Length * 2, _length + text.Length)];
            _text[.._length].CopyTo(larger);
            _text = larger;
        }

        text.CopyTo(_text[_length..]);
        _length += text.Length;
    }
}
