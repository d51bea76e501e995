using System.Text;

namespace GeminiBatch;

/// <summary>Reads one text: finds its candidates, aligns them and chooses.</summary>
internal ref struct TextReading
{
    // Texts inside texts inside texts are an attack, not an answer.
    private const int MostDecodings = 2;

    private readonly ReadOnlySpan<byte> _source;
    private readonly SchemaIndex? _schema;
    private readonly ParseOptions _options;
    private readonly CanonicalWriter _output;
    private readonly ReadingReport _report;
    private int _decodings;

    public TextReading(ReadOnlySpan<byte> source, SchemaIndex? schema, ParseOptions options, CanonicalWriter output, ReadingReport report)
    {
        _source = source;
        _schema = schema;
        _options = options;
        _output = output;
        _report = report;
    }

    public AnswerReading Read(int maxDepth)
    {
        using var tree = AnswerTree.Rent(_options.CancellationToken);
        return _options.Mode == RepairMode.Strict ? ReadStrict(tree, maxDepth) : ReadTolerant(tree, maxDepth);
    }

    private readonly AnswerReading ReadStrict(AnswerTree tree, int maxDepth)
    {
        int start = SkipJsonSpace(0);
        using var machine = new SyntaxMachine(_source, tree, _schema, new SyntaxRules(Strict: true, Rebalance: false, maxDepth));
        int root = start < _source.Length ? machine.Read(start, 0) : -1;
        if (root < 0)
        {
            return Fail(AnswerErrorKind.NoJson, "$", "The answer is empty.");
        }

        if (machine.Fault == SyntaxFault.TooDeep)
        {
            return TooDeep(maxDepth);
        }

        int rest = SkipJsonSpace(machine.Position);
        bool encoded = System.Text.Unicode.Utf8.IsValid(_source);
        if (machine.Fault != SyntaxFault.None || rest < _source.Length || !encoded)
        {
            bool inside = machine.Fault != SyntaxFault.None;
            string path = inside ? SyntaxReport.PathOf(tree, _source, machine.FaultNode, root) : "$";
            string what = inside ? $"byte {machine.FaultAt}: {machine.FaultNote}" : encoded ? $"byte {rest}: text behind the value" : "bytes that are no UTF-8";
            return Fail(AnswerErrorKind.InvalidSyntax, path, $"The answer is not strict JSON ({what}).");
        }

        return Align(tree, new AnswerCandidate { Node = root, Start = start, End = machine.Position, FenceStart = -1 });
    }

    private AnswerReading ReadTolerant(AnswerTree tree, int maxDepth)
    {
        var finder = new CandidateFinder(_source, tree, _schema, maxDepth);
        finder.Find();
        if (finder.EscapedFrom >= 0)
        {
            return _decodings < MostDecodings ? ReadUnescaped(finder.EscapedFrom, maxDepth) : Fail(AnswerErrorKind.InvalidSyntax, "$", "Text inside strings is nested too deeply.");
        }

        List<AnswerCandidate> found = finder.Found;
        if (found.Exists(static candidate => candidate.Fault == SyntaxFault.TooDeep))
        {
            found.RemoveAll(static candidate => candidate.Fault == SyntaxFault.TooDeep);
            if (found.Count == 0)
            {
                return TooDeep(maxDepth);
            }
        }

        if (found.Count == 1 && _schema is not null && tree[found[0].Node].Kind == NodeKind.String && _decodings < MostDecodings && HoldsJson(tree.Text(found[0].Node, _source)))
        {
            return ReadDecoded(tree.Text(found[0].Node, _source).ToArray(), found[0].Start, found[0].End, maxDepth);
        }

        int first = WhiteSpace.Skip(_source, 0);
        if (found.Count == 0 && _source[first..].StartsWith("\\\""u8) && _decodings < MostDecodings)
        {
            return ReadUnescaped(first, maxDepth);
        }

        if (found.Count == 0)
        {
            return WholeText.Find(_source, tree, _schema) is var whole and >= 0
                ? Align(tree, Whole(tree, whole))
                : Refusal.Is(_source) ? Fail(AnswerErrorKind.Refused, "$", "The model declined to answer.") : Fail(AnswerErrorKind.NoJson, "$", "The answer holds no JSON.");
        }

        if (_schema?.KindOf(0) == SchemaKind.String && IsProse(tree, found))
        {
            return Align(tree, Whole(tree, WholeText.AsText(_source, tree)));
        }

        return Align(tree, new CandidateChoice(_source, tree, _schema, _options).Choose(found));
    }

    // A text is asked for, and brackets are a part of it, unless the whole answer is one value.
    private readonly bool IsProse(AnswerTree tree, List<AnswerCandidate> found) =>
        found.Count > 1 || (found[0].FenceStart < 0 && (WhiteSpace.Skip(_source, 0) < found[0].Start || WhiteSpace.Skip(_source, found[0].End) < _source.Length) && tree[found[0].Node].Kind != NodeKind.String);

    private static AnswerCandidate Whole(AnswerTree tree, int node) =>
        new() { Node = node, Start = tree[node].Start, End = tree[node].End, FenceStart = -1, RepairsTo = tree.RepairCount };

    private static bool HoldsJson(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text);
        return text.Length > 1 && text[0] is (byte)'{' or (byte)'[' && text[^1] is (byte)'}' or (byte)']';
    }

    // {\"a\": 1}: a JSON string without its quotes.
    private AnswerReading ReadUnescaped(int start, int maxDepth)
    {
        ReadOnlySpan<byte> escaped = _source[start..];
        byte[] text = new byte[escaped.Length];
        int length = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == (byte)'\\' && i + 1 < escaped.Length && escaped[i + 1] is (byte)'"' or (byte)'\\')
            {
                i++;
            }

            text[length++] = escaped[i];
        }

        return ReadDecoded(text[..length], start, _source.Length, maxDepth);
    }

    private AnswerReading ReadDecoded(byte[] text, int start, int end, int maxDepth)
    {
        (int, int)? outer = _report.Within;
        _report.Within = outer ?? (start, end - start);
        _report.Repair(AnswerRepairKind.DecodedString, start, end, "JSON inside a string was read as the value itself.");
        var inner = new TextReading(text, _schema, _options, _output, _report) { _decodings = _decodings + 1 };
        AnswerReading reading = inner.Read(maxDepth);
        _report.Within = outer;
        return reading;
    }

    private readonly AnswerReading Align(AnswerTree tree, AnswerCandidate candidate)
    {
        ReportSurroundings(candidate, _output.TrustsText);
        SyntaxReport.Add(_report, tree, _source, "$", candidate.RepairsFrom, candidate.RepairsTo, candidate.Node, losesData: _schema is not null);
        bool usable = true;
        if (_schema is null)
        {
            new TreeWriter(tree, _source, _output).Write(candidate.Node);
            if (candidate.Cut)
            {
                _report.Error(RepetitionLoop.CutKind(_source), "The answer is cut off; what was there is kept.");
            }
        }
        else if (SchemaEcho.Is(tree, _source, candidate.Node, _schema))
        {
            usable = false;
            _report.Error(AnswerErrorKind.SchemaEcho, "The answer repeats the schema instead of filling it.");
        }
        else
        {
            var aligner = new Aligner(tree, _source, _schema, _options, _output, _report);
            usable = aligner.AlignRoot(candidate.Node);
            ReportOthers(candidate);
        }

        return Finish(usable, Remainder(candidate));
    }

    // Other values in the same answer: a second record, a draft, or one that was only begun.
    private readonly void ReportOthers(AnswerCandidate candidate)
    {
        if (candidate.HasRival && !_options.Allows(AnswerCoercions.Choices))
        {
            _report.ErrorAt(ValuePath.Root, AnswerErrorKind.AmbiguousValue, "The answer holds several different values that fit the schema; only the first was read.", "one value", "several values");
        }
        else if (candidate.WasChosen)
        {
            _report.Repair(AnswerRepairKind.ChosenFromSeveral, candidate.Start, candidate.End, "The answer holds several values; the one that fits best was read.");
        }

        if (candidate.IsFollowedByCut)
        {
            _report.ErrorAt(ValuePath.Root, RepetitionLoop.CutKind(_source), "Behind the value that was read the answer goes on and is cut off.");
        }
    }

    private readonly AnswerReading Finish(bool usable, string? remainder)
    {
        AnswerStatus status = _report.ErrorCount == 0
            ? _report.RepairCount == 0 ? AnswerStatus.Exact : AnswerStatus.Repaired
            : _report.IsCut ? AnswerStatus.Incomplete
            : !usable || _options.Mode == RepairMode.Strict ? AnswerStatus.Rejected : AnswerStatus.Incomplete;
        return new AnswerReading
        {
            Status = status,
            CanonicalJson = usable ? _output.ToArray() : default,
            Repairs = _report.OrderedRepairs(),
            Errors = _report.AllErrors(),
            Remainder = remainder,
        };
    }

    private readonly AnswerReading TooDeep(int maxDepth) =>
        Fail(AnswerErrorKind.TooDeep, "$", $"The answer is nested deeper than {maxDepth} levels.");

    private readonly AnswerReading Fail(AnswerErrorKind kind, string path, string message)
    {
        _report.ErrorAt(path, kind, message);
        string rest = Encoding.UTF8.GetString(WhiteSpace.Trim(_source));
        return new AnswerReading
        {
            Status = AnswerStatus.Rejected,
            Repairs = _report.OrderedRepairs(),
            Errors = _report.AllErrors(),
            Remainder = kind is AnswerErrorKind.NoJson or AnswerErrorKind.Refused && rest.Length > 0 ? rest : null,
        };
    }

    /// <summary>What stands around a value that was read by the fast tier.</summary>
    public static AnswerReading Around(ReadOnlySpan<byte> source, AnswerCandidate candidate)
    {
        using var report = ReadingReport.Rent();
        var reading = new TextReading(source, null, ParseOptions.Default, null!, report);
        reading.ReportSurroundings(candidate, encoded: true);
        return new AnswerReading { Status = report.RepairCount == 0 ? AnswerStatus.Exact : AnswerStatus.Repaired, Repairs = report.OrderedRepairs(), Remainder = reading.Remainder(candidate) };
    }

    private readonly void ReportSurroundings(AnswerCandidate candidate, bool encoded)
    {
        if (_source.StartsWith("\uFEFF"u8))
        {
            _report.Repair(AnswerRepairKind.EncodingMended, 0, 3, "A byte order mark was dropped.");
        }

        if (!encoded && !System.Text.Unicode.Utf8.IsValid(_source))
        {
            _report.Repair(AnswerRepairKind.EncodingMended, 0, _source.Length, "Bytes that are no UTF-8 were replaced by U+FFFD.");
        }

        if (candidate.FenceStart >= 0)
        {
            _report.Repair(AnswerRepairKind.FenceRemoved, candidate.FenceStart, candidate.FenceStart + candidate.FenceLength, "A code fence was removed.");
        }

        int textEnd = candidate.FenceStart >= 0 ? candidate.FenceStart : candidate.Start;
        Prose(0, textEnd, candidate.FenceStart >= 0);
        Prose(candidate.End, _source.Length, candidate.FenceStart >= 0);
    }

    // The end of a fence that was told already is no repair of its own.
    private readonly void Prose(int start, int end, bool isFenced)
    {
        ReadOnlySpan<byte> text = WhiteSpace.Trim(_source[start..end]);
        bool fence = text.IndexOfAnyExcept((byte)'`') < 0;
        if (text.Length > 0 && !(fence && isFenced))
        {
            int at = start + _source[start..end].IndexOf(text);
            _report.Repair(fence ? AnswerRepairKind.FenceRemoved : AnswerRepairKind.ProseRemoved, at, at + text.Length, fence ? "Half a code fence was removed." : "Text around the JSON was left out.");
        }
    }

    private readonly string? Remainder(AnswerCandidate candidate)
    {
        int textEnd = candidate.FenceStart >= 0 ? candidate.FenceStart : candidate.Start;
        string before = Encoding.UTF8.GetString(Surrounding.Trim(_source[..textEnd]));
        string after = Encoding.UTF8.GetString(Surrounding.Trim(_source[candidate.End..]));
        return before.Length + after.Length == 0 ? null : before.Length == 0 ? after : after.Length == 0 ? before : before + "\n" + after;
    }

    private readonly int SkipJsonSpace(int at)
    {
        while (at < _source.Length && _source[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
