namespace GeminiBatch;

internal ref partial struct SyntaxMachine
{
    // ISODate("…") and callback(…) stand for what is in the parentheses.
    private readonly int CallLength(int start)
    {
        int at = start;
        while (at < _text.Length && at - start < LongestGuess && (char.IsAsciiLetterOrDigit((char)_text[at]) || _text[at] is (byte)'_' or (byte)'$' or (byte)'.'))
        {
            at++;
        }

        int open = SkipSpace(at);
        if (at == start || char.IsAsciiDigit((char)_text[start]) || At(open) != (byte)'(' || (_depth > 0 && open > at))
        {
            return 0;
        }

        int inner = SkipSpace(open + 1);
        bool value = QuoteAt(inner) != Quote.None || At(inner) is (byte)'{' or (byte)'[' or (byte)'-' || char.IsAsciiDigit((char)At(inner)) ||
            (inner < _text.Length && _text[inner..].StartsWith("null"u8));
        return value ? open + 1 - start : 0;
    }

    private int ReadCall(int parent, int type, int length)
    {
        Mend(AnswerRepairKind.LiteralMended, _position, length, "call");
        _position += length;
        SkipTrivia();
        _calls++;
        int value = ReadValue(parent, type);
        _calls--;
        if (_tree[value].Kind is not (NodeKind.Object or NodeKind.Array) && At(SkipSpace(_position)) == (byte)')')
        {
            _position = SkipSpace(_position) + 1;
        }

        return value;
    }
}
