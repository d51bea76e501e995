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
        if ((CutReported && !cut) || (usable && allowed.Contains(_output.Since(mark))))
        {
            return usable;
        }

        int only = OnlyValueOf(node);
        ReadOnlySpan<byte> json = FindAllowed(only < 0 ? node : only, allowed);
        if (json.IsEmpty)
        {
            Distance += usable ? Far : 0;
            return usable;
        }

        _output.Rewind(mark);
        _report.Rewind(in reported);
        Distance = distance;
        if (only >= 0)
        {
            Repaired(AnswerRepairKind.Unwrapped, only, "The value was taken out of an object.");
            return AlignAllowed(only, type, field, allowed);
        }

        Repaired(AnswerRepairKind.EnumMatched, node, $"\"{Shortened(node)}\" was read as {Encoding.UTF8.GetString(json)}.");
        _output.Raw(json);
        return true;
    }

    private readonly int OnlyValueOf(int node) => _tree[node].Kind == NodeKind.Object && _tree[node].Count == 1 && Allows(AnswerCoercions.Nesting) ? _tree[node].First : -1;

    private readonly ReadOnlySpan<byte> FindAllowed(int node, AllowedTexts allowed) => _tree[node].Kind switch
    {
        NodeKind.True => allowed.Find("true"u8, sentences: false),
        NodeKind.False => allowed.Find("false"u8, sentences: false),
        NodeKind.String or NodeKind.Word or NodeKind.Number when !_tree[node].Has(NodeFlags.Cut) => allowed.Find(_tree.Text(node, _source), Allows(AnswerCoercions.Sentences)),
        _ => default,
    };
}
