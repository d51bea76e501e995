using System.Text;

namespace GeminiBatch;

/// <summary>
/// Lays a tree of what was read onto the schema and writes canonical JSON: the schema's names in the schema's order, every value in its wire
/// form. What had to be converted is a repair, what cannot be used is an error and is left out. Nothing is invented.
/// </summary>
internal ref partial struct Aligner
{
    private readonly AnswerTree _tree;
    private readonly ReadOnlySpan<byte> _source;
    private readonly SchemaIndex _schema;
    private readonly ParseOptions _options;
    private readonly CanonicalWriter _output;
    private readonly ReadingReport _report;
    private readonly int _maxDepth;

    public Aligner(AnswerTree tree, ReadOnlySpan<byte> source, SchemaIndex schema, ParseOptions options, CanonicalWriter output, ReadingReport report, int maxDepth)
    {
        _tree = tree;
        _source = source;
        _schema = schema;
        _options = options;
        _output = output;
        _report = report;
        _maxDepth = maxDepth;
    }

    /// <summary>The kind under which a cut is reported: a cut, or the loop that led to it.</summary>
    public AnswerErrorKind CutKind { get; init; } = AnswerErrorKind.Truncated;

    /// <summary>Whether a cut was reported.</summary>
    public bool CutReported { get; private set; }

    /// <summary>How far what was read is from the schema, in steps that a reader would call small (1) or large (100).</summary>
    public int Distance { get; private set; }

    private readonly bool Coerces => _options.Mode == RepairMode.Full;

    /// <summary>Writes a value in its wire form.</summary>
    /// <returns>False when there is nothing usable; an error was reported and what was written is to be taken back.</returns>
    public bool Align(int node, int type, SchemaField? field = null)
    {
        ref AnswerNode value = ref _tree[node];
        SchemaKind kind = _schema.KindOf(type);
        if (kind == SchemaKind.Any)
        {
            new TreeWriter(_tree, _source, _output).Write(node);
            ReportCut(node);
            return true;
        }

        if (value.Kind == NodeKind.Array && kind is not (SchemaKind.Array or SchemaKind.Map))
        {
            return AlignSingleOfList(node, type, field);
        }

        if (kind is SchemaKind.Object or SchemaKind.Array or SchemaKind.Map && value.Kind is NodeKind.String or NodeKind.Word && HoldsJson(node, kind))
        {
            return AlignDecoded(node, type);
        }

        return kind switch
        {
            SchemaKind.Object => AlignObject(node, type),
            SchemaKind.Array => AlignList(node, type),
            SchemaKind.Map => AlignMap(node, type),
            _ => AlignScalar(node, type, field),
        };
    }

    /// <summary>Reports once that the answer ends inside a value that is open.</summary>
    private void ReportCut(int node)
    {
        if (_tree[node].Has(NodeFlags.Cut))
        {
            ReportCut();
        }
    }

    private void ReportCut()
    {
        if (!CutReported)
        {
            CutReported = true;
            _report.Error(CutKind, CutKind == AnswerErrorKind.RepetitionLoop
                ? "The model repeated itself here until the answer was cut off."
                : "The answer is cut off here.");
        }
    }

    private bool WrongKind(int node, string expected)
    {
        Distance += 100;
        _report.Error(AnswerErrorKind.WrongKind, $"Expected {expected}, found {Describe(node)}.", expected, Describe(node));
        return false;
    }

    private readonly string Describe(int node) => _tree[node].Kind switch
    {
        NodeKind.Object => "an object",
        NodeKind.Array => "a list",
        NodeKind.True or NodeKind.False => "a boolean",
        NodeKind.Null => "null",
        NodeKind.Absent => "nothing",
        NodeKind.Number => "the number " + Shortened(node),
        _ => "the text \"" + Shortened(node) + "\"",
    };

    /// <summary>A text for messages, cut to a length that a reader takes in.</summary>
    private readonly string Shortened(int node)
    {
        ReadOnlySpan<byte> text = _tree.Text(node, _source);
        string shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)]);
        return text.Length > 60 ? shown + "…" : shown;
    }

    private readonly string TextOf(int node) => Encoding.UTF8.GetString(_tree.Text(node, _source));

    private void Repaired(AnswerRepairKind kind, int node, string message)
    {
        Distance++;
        _report.Repair(kind, _tree[node].Start, _tree[node].End, message);
    }

    private readonly bool HoldsJson(int node, SchemaKind kind)
    {
        if (!Coerces || _tree[node].Has(NodeFlags.Cut))
        {
            return false;
        }

        ReadOnlySpan<byte> text = WhiteSpace.Trim(_tree.Text(node, _source));
        return text.Length > 1 && (text[0] == (byte)'{' ? text[^1] == (byte)'}' : text[0] == (byte)'[' && text[^1] == (byte)']' && kind != SchemaKind.Object);
    }

    // JSON inside a JSON string: read again, one level down, with its repairs attributed to the string.
    private bool AlignDecoded(int node, int type)
    {
        if (_maxDepth <= 1)
        {
            _report.Error(AnswerErrorKind.TooDeep, "Text inside strings is nested too deeply.");
            return false;
        }

        byte[] text = _tree.Text(node, _source).ToArray();
        Repaired(AnswerRepairKind.DecodedString, node, "JSON inside a string was read as the value itself.");
        (int, int)? outer = _report.Within;
        _report.Within = outer ?? (_tree[node].Start, _tree[node].End - _tree[node].Start);
        try
        {
            using var inner = new AnswerTree();
            int start = WhiteSpace.Skip(text, 0);
            var machine = new SyntaxMachine(text, inner, _schema, new SyntaxRules(Strict: false, Rebalance: false, _maxDepth - 1));
            int root = machine.Read(start, type);
            bool failed = machine.Fault != SyntaxFault.None;
            machine.Dispose();
            if (failed)
            {
                return WrongKind(node, "JSON");
            }

            SyntaxReport.Add(_report, inner, text, _report.Path, 0, inner.RepairCount, root, losesData: true);
            var aligner = new Aligner(inner, text, _schema, _options, _output, _report, _maxDepth - 1) { CutKind = CutKind };
            bool usable = aligner.Align(root, type);
            Distance += aligner.Distance;
            CutReported |= aligner.CutReported;
            return usable;
        }
        finally
        {
            _report.Within = outer;
        }
    }
}
