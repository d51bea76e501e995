using System.Text;

namespace GeminiBatch;

/// <summary>Texts and free-form values of which only some are allowed: they are found as the values of an enum are.</summary>
internal ref partial struct Aligner
{
    // What is none of the values stays as it was read: the check of the constraints tells of it.
    private bool AlignAllowed(int node, int type, SchemaField field, AllowedTexts allowed)
    {
        int mark = _output.Length;
        ReportMark reported = _report.Mark();
        (int distance, bool cut) = (Distance, CutReported);
        bool usable = AlignValue(node, type, field);
        if (CutReported || (usable && allowed.Contains(_output.Since(mark))))
        {
            return usable;
        }

        int only = _schema.KindOf(type) == SchemaKind.Any ? OnlyValueOf(node) : -1;
        int value = FindAllowed(only < 0 ? node : only, allowed);
        if (value < 0)
        {
            return usable;
        }

        _output.Rewind(mark);
        _report.Rewind(in reported);
        (Distance, CutReported) = (distance, cut);
        if (only >= 0)
        {
            Repaired(AnswerRepairKind.Unwrapped, only, "The value was taken out of an object.");
            return AlignAllowed(only, type, field, allowed);
        }

        Repaired(AnswerRepairKind.EnumMatched, node, $"\"{Shortened(node)}\" was read as {Encoding.UTF8.GetString(allowed.JsonOf(value))}.");
        _output.Raw(allowed.JsonOf(value));
        return true;
    }

    private readonly int OnlyValueOf(int node) => _tree[node].Kind == NodeKind.Object && _tree[node].Count == 1 && Allows(AnswerCoercions.Nesting) ? _tree[node].First : -1;

    private readonly int FindAllowed(int node, AllowedTexts allowed)
    {
        switch (_tree[node].Kind)
        {
            case NodeKind.True:
                return allowed.Texts.Exact("true"u8);
            case NodeKind.False:
                return allowed.Texts.Exact("false"u8);
            case NodeKind.String or NodeKind.Word or NodeKind.Number:
                ReadOnlySpan<byte> text = _tree.Text(node, _source);
                int exact = allowed.Texts.Exact(text);
                return exact >= 0 ? exact : EnumMatch.Find(allowed.Texts, Encoding.UTF8.GetString(text), Allows(AnswerCoercions.Sentences)).Value;
            default:
                return -1;
        }
    }
}
