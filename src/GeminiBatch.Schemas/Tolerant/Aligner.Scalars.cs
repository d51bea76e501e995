using System.Text;

namespace GeminiBatch;

internal ref partial struct Aligner
{
    private readonly string Expected(int type) => _schema.KindOf(type) switch
    {
        SchemaKind.Object => "an object",
        SchemaKind.Union => "one of " + string.Join(", ", _schema[type].Cases.Select(static option => option.Name)),
        SchemaKind.String => "a text",
        SchemaKind.Boolean => "true or false",
        SchemaKind.Integer => "a whole number",
        SchemaKind.Number or SchemaKind.Decimal => "a number",
        SchemaKind.Date => "a date such as 2026-03-04",
        SchemaKind.Time => "a time such as 14:30:00",
        SchemaKind.DateTime => "a date and time such as 2026-03-04T14:30:00",
        SchemaKind.DateTimeOffset => "a date and time with an offset such as 2026-03-04T14:30:00+01:00",
        SchemaKind.Duration => "a duration such as PT1H30M",
        SchemaKind.Guid => "a GUID",
        SchemaKind.Uri => "a URI",
        SchemaKind.Enum => "one of " + string.Join(", ", _schema[type].EnumValues.Take(20).Select(static value => value.JsonName)),
        SchemaKind.Array => "a list",
        SchemaKind.Map => "a map",
        _ => "a value",
    };

    private bool AlignScalar(int node, int type, SchemaField? field)
    {
        ref AnswerNode value = ref _tree[node];
        SchemaKind kind = _schema.KindOf(type);
        switch (value.Kind)
        {
            case NodeKind.Null or NodeKind.Absent:
                ReportCut(node);
                return Fail(AnswerErrorKind.UnexpectedNull, "A value is missing here.", Expected(type), Describe(node));
            case NodeKind.Object:
                return AlignScalarOfObject(node, type, field);
        }

        // A text that was cut is still the beginning of that text; any other value that was cut is another value.
        if (value.Has(NodeFlags.Cut))
        {
            ReportCut();
            return kind switch
            {
                SchemaKind.String => WriteText(node),
                SchemaKind.Integer => WriteWholePartOfLoop(node),
                _ => false,
            };
        }

        return kind switch
        {
            SchemaKind.String => AlignText(node, type),
            SchemaKind.Boolean => AlignBoolean(node, type),
            SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal => AlignNumber(node, type, field),
            SchemaKind.Enum => AlignEnum(node, type),
            _ => AlignMoment(node, type),
        };
    }

    // What is in its wire form already needs no more than to be copied.
    private readonly bool WritePlain(int node, int type)
    {
        ref AnswerNode value = ref _tree[node];
        SchemaKind kind = _schema.KindOf(type);
        switch (value.Kind)
        {
            case NodeKind.String when kind == SchemaKind.String && value.Has(NodeFlags.Plain) && _output.TrustsText:
                _output.Raw(_source.Slice(value.TextStart - 1, value.TextLength + 2));
                return true;
            case NodeKind.Number when !value.Has(NodeFlags.Cut) && kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal:
                ReadOnlySpan<byte> number = _tree.Text(node, _source);
                bool fits = NumberText.IsShort(number) && (kind != SchemaKind.Integer || (NumberText.TrySmall(number, out long small) && _schema.IsWithin(type, small)));
                if (fits)
                {
                    _output.Raw(number);
                }

                return fits;
            case NodeKind.True or NodeKind.False when kind == SchemaKind.Boolean:
                _output.Raw(value.Kind == NodeKind.True ? "true"u8 : "false"u8);
                return true;
            default:
                return false;
        }
    }

    // {"value": 5} where 5 is expected.
    private bool AlignScalarOfObject(int node, int type, SchemaField? field)
    {
        int only = _tree[node].First;
        if (Allows(AnswerCoercions.LooseTexts) && _schema.KindOf(type) == SchemaKind.String)
        {
            return WriteSource(node);
        }

        if (!Allows(AnswerCoercions.Nesting) || _tree[node].Count != 1 || _tree[only].Kind is NodeKind.Object or NodeKind.Array or NodeKind.Null or NodeKind.Absent)
        {
            return WrongKind(node, Expected(type));
        }

        Repaired(AnswerRepairKind.Unwrapped, only, "The value was taken out of an object.");
        return Align(only, type, field);
    }

    private bool WriteSource(int node)
    {
        Repaired(AnswerRepairKind.StringCoerced, node, $"{Describe(node)} was read as the text that it is written with.");
        ReportCut(node);
        _output.String(_source[_tree[node].Start.._tree[node].End]);
        return true;
    }

    private readonly bool WriteText(int node)
    {
        _output.String(_tree.Text(node, _source));
        return true;
    }

    // 1.000000… cut off: whatever digits were to follow, the whole part is known.
    private readonly bool WriteWholePartOfLoop(int node)
    {
        ReadOnlySpan<byte> text = _tree.Text(node, _source);
        int point = text.IndexOf((byte)'.');
        if (point < 1 || text.Length < point + 2 || text[(point + 1)..].IndexOfAnyExcept((byte)'0') >= 0 || !NumberText.IsJson(text[..point]))
        {
            return false;
        }

        _output.Raw(text[..point]);
        return true;
    }

    private bool AlignText(int node, int type)
    {
        switch (_tree[node].Kind)
        {
            case NodeKind.String or NodeKind.Word:
                return WriteText(node);
            case NodeKind.Number when Allows(AnswerCoercions.Texts):
                Repaired(AnswerRepairKind.StringCoerced, node, "A number was read as text.");
                return WriteText(node);
            case NodeKind.True or NodeKind.False when Allows(AnswerCoercions.Texts):
                Repaired(AnswerRepairKind.StringCoerced, node, "A boolean was read as text.");
                _output.String(_tree[node].Kind == NodeKind.True ? "true"u8 : "false"u8);
                return true;
            default:
                return WrongKind(node, Expected(type));
        }
    }

    private bool AlignBoolean(int node, int type)
    {
        bool? value = _tree[node].Kind switch
        {
            NodeKind.True => true,
            NodeKind.False => false,
            _ when Allows(AnswerCoercions.Booleans) => BooleanWords.Find(_tree.Text(node, _source), Allows(AnswerCoercions.Sentences)),
            _ => null,
        };
        if (value is null)
        {
            return WrongKind(node, Expected(type));
        }

        if (_tree[node].Kind is not (NodeKind.True or NodeKind.False))
        {
            Repaired(AnswerRepairKind.BooleanCoerced, node, $"\"{Shortened(node)}\" was read as {(value.Value ? "true" : "false")}.");
        }

        _output.Raw(value.Value ? "true"u8 : "false"u8);
        return true;
    }

    private bool AlignEnum(int node, int type)
    {
        if (_tree[node].Kind is NodeKind.True or NodeKind.False || (_tree[node].Kind == NodeKind.Number && !Allows(AnswerCoercions.Enums)))
        {
            return WrongKind(node, Expected(type));
        }

        int value = MatchEnum(type, _tree.Text(node, _source), node);
        if (value < 0)
        {
            return false;
        }

        _output.String(_schema.Enum(type).NameOf(value));
        return true;
    }

    private int MatchEnum(int type, ReadOnlySpan<byte> text, int node)
    {
        EnumTexts values = _schema.Enum(type);
        int exact = values.Exact(text);
        if (exact >= 0)
        {
            return exact;
        }

        EnumMatch match = Allows(AnswerCoercions.Enums) ? EnumMatch.Find(values, Encoding.UTF8.GetString(text), Allows(AnswerCoercions.Sentences)) : EnumMatch.None;
        if (match.Value < 0)
        {
            Fail(
                match.Rivals is null ? AnswerErrorKind.UnknownEnumValue : AnswerErrorKind.AmbiguousValue,
                match.Rivals is null ? $"\"{Shortened(node)}\" is none of the allowed values." : $"\"{Shortened(node)}\" can mean {match.Rivals}.",
                Expected(type),
                Shortened(node));
            return -1;
        }

        Repaired(AnswerRepairKind.EnumMatched, node, $"\"{Shortened(node)}\" was read as {values.Values[match.Value].JsonName}.");
        return match.Value;
    }

    private bool Unreadable(int node, int type, string? ambiguity) => ambiguity is null
        ? Fail(AnswerErrorKind.InvalidValue, $"\"{Shortened(node)}\" cannot be read as {Expected(type)}.", Expected(type), Shortened(node))
        : Fail(AnswerErrorKind.AmbiguousValue, $"\"{Shortened(node)}\" can be read as {ambiguity}; set ParseOptions.Culture to decide.", Expected(type), Shortened(node));
}
