using System.Text;

namespace GeminiBatch;

/// <summary>
/// Lays a tree of what was read onto the schema and writes canonical JSON: the schema's names in the schema's order, every value in its wire
/// form. What had to be converted is a repair, what cannot be used is an error and is left out. Nothing is invented.
/// </summary>
internal ref partial struct Aligner
{
    // What a reader would call a large step away from the schema.
    private const int Far = 100;

    // Trials inside trials could multiply; beyond this much work names alone decide.
    private const int TrialsPerNode = 8;

    private readonly AnswerTree _tree;
    private readonly ReadOnlySpan<byte> _source;
    private readonly SchemaIndex _schema;
    private readonly ParseOptions _options;
    private readonly CanonicalWriter _output;
    private readonly ReadingReport _report;
    private int _trials;
    private int _trialDepth;

    public Aligner(AnswerTree tree, ReadOnlySpan<byte> source, SchemaIndex schema, ParseOptions options, CanonicalWriter output, ReadingReport report)
    {
        _tree = tree;
        _source = source;
        _schema = schema;
        _options = options;
        _output = output;
        _report = report;
    }

    /// <summary>The kind under which a cut is reported, a cut or the loop that led to it, where that is known already.</summary>
    public AnswerErrorKind? CutKind { get; init; }

    /// <summary>Whether a cut was reported.</summary>
    public bool CutReported { get; private set; }

    /// <summary>How far what was read is from the schema, in steps that a reader would call small (1) or large (100).</summary>
    public int Distance { get; private set; }

    private readonly bool IsStrict => _options.Mode == RepairMode.Strict;

    private readonly bool Allows(AnswerCoercions coercion) => _options.Allows(coercion);

    /// <summary>Writes a value in its wire form.</summary>
    /// <returns>False when there is nothing usable; an error was reported and what was written is to be taken back.</returns>
    public bool Align(int node, int type, SchemaField? field = null)
    {
        _tree.Step();
        _trials += _trialDepth > 0 ? 1 : 0;
        return field is not null && _schema.Allowed(field) is { } allowed && Allows(AnswerCoercions.Enums)
            ? AlignAllowed(node, type, field, allowed)
            : AlignValue(node, type, field);
    }

    private bool AlignValue(int node, int type, SchemaField? field)
    {
        ref AnswerNode value = ref _tree[node];
        SchemaKind kind = _schema.KindOf(type);
        switch (kind)
        {
            case SchemaKind.Any:
                new TreeWriter(_tree, _source, _output).Write(node);
                ReportCut(node);
                return true;
            case SchemaKind.Object or SchemaKind.Array or SchemaKind.Map when value.Kind is NodeKind.String or NodeKind.Word && HoldsJson(node, kind):
                return AlignDecoded(node, type);
            case SchemaKind.Array:
                return AlignList(node, type);
            case SchemaKind.Map:
                return AlignMap(node, type);
            case SchemaKind.Union:
                return AlignUnion(node, type, field);
        }

        if (value.Kind == NodeKind.Array)
        {
            return AlignSingleOfList(node, type, field);
        }

        return kind == SchemaKind.Object ? AlignObject(node, type, skipped: -1) : AlignScalar(node, type, field);
    }

    /// <summary>Writes the root, which may stand in the object around it in which it was asked for.</summary>
    public bool AlignRoot(int node)
    {
        int within = InRootMember(node);
        if (within < 0)
        {
            return Align(node, 0);
        }

        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            if (child != within)
            {
                Unknown(child);
            }
        }

        ReportCut(node);
        return Align(within, 0);
    }

    private readonly int InRootMember(int node)
    {
        if (_schema.Descriptor.RootMember is not { } name || _tree[node].Kind != NodeKind.Object)
        {
            return -1;
        }

        int member = -1;
        for (int child = _tree[node].First; child >= 0; child = _tree[child].Next)
        {
            member = _tree.Name(child, _source).SequenceEqual(_schema.RootMember) ? child : member;
        }

        // A map or a case of a union may have a member of that name itself.
        bool isOwn = member >= 0 && _schema.KindOf(0) switch
        {
            SchemaKind.Map => _tree[node].Count > 1 || _tree[member].Kind is not (NodeKind.Object or NodeKind.Array),
            SchemaKind.Union => CountKnown(node, 0) > 0 && (_tree[node].Count > 1 || _tree[member].Kind != NodeKind.Object),
            SchemaKind.Any => _tree[node].Count > 1,
            SchemaKind.Array => _schema.ObjectWithin(0) is var item && item >= 0 && _schema.Find(item, _schema.RootMember, out _) >= 0 && _tree[member].Kind != NodeKind.Array,
            _ => false,
        };
        return isOwn ? -1 : member;
    }

    /// <summary>Aligns for the result alone: what it writes and reports is taken back.</summary>
    private Trial Try(int node, int type)
    {
        if (_trials > TrialsPerNode * (_tree.Count + 64))
        {
            return default;
        }

        int mark = _output.Length;
        ReportMark reported = _report.Mark();
        (int distance, bool cut) = (Distance, CutReported);
        _trialDepth++;
        bool usable = Align(node, type);
        _trialDepth--;
        var trial = new Trial(usable ? 0 : 1, _report.ErrorCount - reported.ErrorCount, Distance - distance);
        _output.Rewind(mark);
        _report.Rewind(in reported);
        (Distance, CutReported) = (distance, cut);
        return trial;
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
            AnswerErrorKind kind = CutKind ?? RepetitionLoop.CutKind(_source);
            _report.Error(kind, kind == AnswerErrorKind.RepetitionLoop
                ? "The model repeated itself here until the answer was cut off."
                : "The answer is cut off here.");
        }
    }

    private bool WrongKind(int node, string expected) => Fail(AnswerErrorKind.WrongKind, $"Expected {expected}, found {Describe(node)}.", expected, Describe(node));

    private bool Fail(AnswerErrorKind kind, string message, string? expected = null, string? found = null)
    {
        Distance += Far;
        _report.Error(kind, message, expected, found);
        return false;
    }

    private void Repaired(AnswerRepairKind kind, int node, string message)
    {
        Distance++;
        _report.Repair(kind, _tree[node].Start, _tree[node].End, message);
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
        return text.Length <= 60 ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(Utf8Text.Beginning(text, 60)) + "…";
    }

    private readonly string TextOf(int node) => Encoding.UTF8.GetString(_tree.Text(node, _source));

    private readonly bool HoldsJson(int node, SchemaKind kind)
    {
        if (!Allows(AnswerCoercions.Nesting) || _tree[node].Has(NodeFlags.Cut))
        {
            return false;
        }

        ReadOnlySpan<byte> text = WhiteSpace.Trim(_tree.Text(node, _source));
        return text.Length > 1 && (text[0] == (byte)'{' ? text[^1] == (byte)'}' : text[0] == (byte)'[' && text[^1] == (byte)']' && kind != SchemaKind.Object);
    }

    // JSON inside a JSON string: read again, one level down, with its repairs attributed to the string.
    private bool AlignDecoded(int node, int type)
    {
        int left = TolerantReader.DepthOf(_options) - _report.Depth;
        if (left <= 0)
        {
            return Fail(AnswerErrorKind.TooDeep, "Text inside strings is nested too deeply.");
        }

        byte[] text = _tree.Text(node, _source).ToArray();
        Repaired(AnswerRepairKind.DecodedString, node, "JSON inside a string was read as the value itself.");
        (int, int)? outer = _report.Within;
        _report.Within = outer ?? (_tree[node].Start, _tree[node].End - _tree[node].Start);
        try
        {
            using var inner = AnswerTree.Rent(_tree.Cancellation);
            int start = WhiteSpace.Skip(text, 0);
            var machine = new SyntaxMachine(text, inner, _schema, new SyntaxRules(Strict: false, Rebalance: false, left));
            int root = machine.Read(start, type);
            SyntaxFault fault = machine.Fault;
            bool whole = WhiteSpace.Skip(text, machine.Position) >= text.Length;
            machine.Dispose();
            if (fault != SyntaxFault.None || !whole)
            {
                return fault == SyntaxFault.TooDeep ? Fail(AnswerErrorKind.TooDeep, "Text inside strings is nested too deeply.") : WrongKind(node, "JSON");
            }

            SyntaxReport.Add(_report, inner, text, _report.Path, 0, inner.RepairCount, root, losesData: true);
            var aligner = new Aligner(inner, text, _schema, _options, _output, _report) { CutKind = CutKind ?? RepetitionLoop.CutKind(_source), _trials = _trials, _trialDepth = _trialDepth };
            bool usable = aligner.Align(root, type);
            Distance += aligner.Distance;
            CutReported |= aligner.CutReported;
            _trials = aligner._trials;
            return usable;
        }
        finally
        {
            _report.Within = outer;
        }
    }

    /// <summary>The outcome of a trial: unusable, errors, distance; smaller is better.</summary>
    private readonly record struct Trial(int Unusable, int Errors, int Distance) : IComparable<Trial>
    {
        public int CompareTo(Trial other) => (Unusable, Errors, Distance).CompareTo((other.Unusable, other.Errors, other.Distance));
    }
}
