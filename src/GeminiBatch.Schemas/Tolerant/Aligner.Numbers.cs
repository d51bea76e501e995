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
        if (given is NodeKind.True or NodeKind.False || (!Coerces && given != NodeKind.Number))
        {
            return IsWideInteger(node, kind, given) ? WriteInteger(node, type, TextOf(node), coerced: false) : WrongKind(node, Expected(type));
        }

        string text = TextOf(node);
        bool coerced = false;
        if (given != NodeKind.Number)
        {
            bool percentIsMeant = _options.Culture is not null || SaysPercent(field);
            HumanNumber number = HumanNumber.Read(text, kind == SchemaKind.Integer, percentIsMeant, _options.Culture);
            if (number.Text is null)
            {
                return Unreadable(node, type, number.Ambiguity);
            }

            coerced = true;
            text = number.Text;
        }

        return kind switch
        {
            SchemaKind.Integer => WriteInteger(node, type, text, coerced),
            SchemaKind.Decimal => WriteReal(node, text, coerced, decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
            _ => WriteReal(node, text, coerced, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real)),
        };
    }

    // Integers beyond 53 bits are also written as text, because other readers lose digits.
    private readonly bool IsWideInteger(int node, SchemaKind kind, NodeKind given) =>
        kind == SchemaKind.Integer && given == NodeKind.String && _tree.Text(node, _source).Length > 15 && NumberText.IsJson(_tree.Text(node, _source));

    private static bool SaysPercent(SchemaField? field) => field is not null &&
        (Mentions(field.JsonName) || (field.Description is { } description && Mentions(description)));

    private static bool Mentions(string text) =>
        text.Contains('%', StringComparison.Ordinal) || text.Contains("percent", StringComparison.OrdinalIgnoreCase) ||
        text.Contains("pct", StringComparison.OrdinalIgnoreCase) || text.Contains("prozent", StringComparison.OrdinalIgnoreCase);

    private bool WriteInteger(int node, int type, string text, bool coerced)
    {
        if (!NumberText.TryInteger(text, MostDigits, out BigInteger value))
        {
            return text.Length > MostDigits || text.Contains('e', StringComparison.OrdinalIgnoreCase) ? OutOfRange(node, type) : Unreadable(node, type, null);
        }

        SchemaNode shape = _schema[type];
        if ((shape.IntegerMinimum is { } minimum && value < BigInteger.Parse(minimum, CultureInfo.InvariantCulture)) ||
            (shape.IntegerMaximum is { } maximum && value > BigInteger.Parse(maximum, CultureInfo.InvariantCulture)))
        {
            return OutOfRange(node, type);
        }

        string written = value.ToString(CultureInfo.InvariantCulture);
        if (coerced || !string.Equals(written, text, StringComparison.Ordinal))
        {
            if (!Coerces && !coerced && text is not "-0")
            {
                return WrongKind(node, Expected(type));
            }

            Coerced(node, written);
        }

        _output.Raw(Encoding.ASCII.GetBytes(written));
        return true;
    }

    private bool WriteReal(int node, string text, bool coerced, bool fits)
    {
        if (!fits)
        {
            Distance += 100;
            _report.Error(AnswerErrorKind.OutOfRange, $"{Shortened(node)} does not fit the type.", found: Shortened(node));
            return false;
        }

        if (coerced)
        {
            Coerced(node, text);
        }

        _output.Raw(Encoding.ASCII.GetBytes(text));
        return true;
    }

    private void Coerced(int node, string written) =>
        Repaired(AnswerRepairKind.NumberCoerced, node, $"\"{Shortened(node)}\" was read as {(written.Length > 60 ? written[..60] + "…" : written)}.");

    private bool OutOfRange(int node, int type)
    {
        SchemaNode shape = _schema[type];
        Distance += 100;
        _report.Error(AnswerErrorKind.OutOfRange, $"{Shortened(node)} does not fit the type.", $"{shape.IntegerMinimum} to {shape.IntegerMaximum}", Shortened(node));
        return false;
    }
}
