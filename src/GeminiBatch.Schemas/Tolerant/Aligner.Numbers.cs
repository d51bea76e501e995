using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    // 1e999999999 as an integer would fill the memory with zeros.
    private const int MostDigits = 400;

    private bool AlignNumber(int node, int type, SchemaField? field)
    {
        SchemaKind kind = _schema.KindOf(type);
        NodeKind given = _tree[node].Kind;
        if (given == NodeKind.Number)
        {
            return kind == SchemaKind.Integer ? WriteInteger(node, type, _tree.Text(node, _source), coerced: false) : WriteReal(node, kind, _tree.Text(node, _source), coerced: false);
        }

        if (given is NodeKind.True or NodeKind.False || !Allows(AnswerCoercions.Numbers))
        {
            return IsWideInteger(node, kind, given) ? WriteInteger(node, type, _tree.Text(node, _source), coerced: false) : WrongKind(node, Expected(type));
        }

        if (_options.Culture is null && NumberText.IsPlainInteger(_tree.Text(node, _source)))
        {
            return kind == SchemaKind.Integer ? WriteInteger(node, type, _tree.Text(node, _source), coerced: true) : WriteReal(node, kind, _tree.Text(node, _source), coerced: true);
        }

        var rules = new NumberRules(
            Whole: kind == SchemaKind.Integer,
            PercentIsMeant: _options.Culture is not null || SaysPercent(field),
            Loose: Allows(AnswerCoercions.LooseNumbers),
            Sentences: Allows(AnswerCoercions.Sentences),
            _options.Culture);
        HumanNumber number = HumanNumber.Read(TextOf(node), rules);
        if (number.Text is null)
        {
            return Unreadable(node, type, number.Ambiguity);
        }

        byte[] text = Encoding.ASCII.GetBytes(number.Text);
        return kind == SchemaKind.Integer ? WriteInteger(node, type, text, coerced: true) : WriteReal(node, kind, text, coerced: true);
    }

    // Integers beyond 53 bits are also written as text, because other readers lose digits.
    private readonly bool IsWideInteger(int node, SchemaKind kind, NodeKind given) =>
        kind == SchemaKind.Integer && given == NodeKind.String && _tree.Text(node, _source).Length > 15 && NumberText.IsJson(_tree.Text(node, _source));

    private static bool SaysPercent(SchemaField? field) => field is not null &&
        (Mentions(field.JsonName) || (field.Description is { } description && Mentions(description)));

    private static bool Mentions(string text) =>
        text.Contains('%', StringComparison.Ordinal) || text.Contains("percent", StringComparison.OrdinalIgnoreCase) ||
        text.Contains("pct", StringComparison.OrdinalIgnoreCase) || text.Contains("prozent", StringComparison.OrdinalIgnoreCase);

    private bool WriteInteger(int node, int type, ReadOnlySpan<byte> text, bool coerced)
    {
        if (NumberText.IsPlainInteger(text) && Utf8Parser.TryParse(text, out long small, out int used) && used == text.Length)
        {
            if (!_schema.IsWithin(type, small))
            {
                return OutOfRange(node, type);
            }

            if (coerced)
            {
                Coerced(node, Encoding.ASCII.GetString(text));
            }

            _output.Raw(text);
            return true;
        }

        string number = Encoding.ASCII.GetString(text);
        if (!NumberText.TryInteger(number, MostDigits, out BigInteger value))
        {
            if (Allows(AnswerCoercions.LooseNumbers) && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && Math.Abs(real) < 1e15)
            {
                return WriteInteger(node, type, Encoding.ASCII.GetBytes(Math.Round(real, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture)), coerced: true);
            }

            return number.Length > MostDigits || number.Contains('e', StringComparison.OrdinalIgnoreCase) ? OutOfRange(node, type) : Unreadable(node, type, null);
        }

        (BigInteger? minimum, BigInteger? maximum) = _schema.IntegerRange(type);
        if (value < minimum || value > maximum)
        {
            return OutOfRange(node, type);
        }

        string written = value.ToString(CultureInfo.InvariantCulture);
        if (coerced || !string.Equals(written, number, StringComparison.Ordinal))
        {
            if (!coerced && number is not "-0" && !Allows(AnswerCoercions.Numbers))
            {
                return WrongKind(node, Expected(type));
            }

            Coerced(node, written);
        }

        _output.Raw(Encoding.ASCII.GetBytes(written));
        return true;
    }

    private bool WriteReal(int node, SchemaKind kind, ReadOnlySpan<byte> text, bool coerced)
    {
        // What is no zero and becomes one is out of the type's range as well.
        bool fits = NumberText.IsShort(text) || (kind == SchemaKind.Decimal
            ? decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && (exact != 0 || NumberText.IsZero(text))
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) && (real != 0 || NumberText.IsZero(text)));
        if (!fits)
        {
            return Fail(AnswerErrorKind.OutOfRange, $"{Shortened(node)} does not fit the type.", found: Shortened(node));
        }

        if (coerced)
        {
            Coerced(node, Encoding.ASCII.GetString(text));
        }

        _output.Raw(text);
        return true;
    }

    private void Coerced(int node, string written) =>
        Repaired(AnswerRepairKind.NumberCoerced, node, string.Concat(["\"", Shortened(node), "\" was read as ", written.Length > 60 ? written[..60] + "…" : written, "."]));

    private bool OutOfRange(int node, int type)
    {
        SchemaNode shape = _schema[type];
        return Fail(AnswerErrorKind.OutOfRange, $"{Shortened(node)} does not fit the type.", $"{shape.IntegerMinimum} to {shape.IntegerMaximum}", Shortened(node));
    }
}
