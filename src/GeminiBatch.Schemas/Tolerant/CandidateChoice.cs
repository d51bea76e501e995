namespace GeminiBatch;

/// <summary>Chooses the value that is the answer: the one closest to the schema, or, without a schema, what most looks like data.</summary>
internal readonly ref struct CandidateChoice(ReadOnlySpan<byte> source, AnswerTree tree, SchemaIndex? schema, ParseOptions options)
{
    private const int MostAligned = 64;

    private readonly ReadOnlySpan<byte> _source = source;

    public AnswerCandidate Choose(List<AnswerCandidate> found)
    {
        if (found.Count == 1)
        {
            return found[0];
        }

        if (schema is null)
        {
            return WithoutSchema(found);
        }

        if (schema.KindOf(0) == SchemaKind.Array && Items(found) is { Count: > 1 } items)
        {
            return AsList(items);
        }

        return Closest(found);
    }

    // Several objects where a list is expected are its items, unless one of the values is the list.
    private List<AnswerCandidate> Items(List<AnswerCandidate> found)
    {
        List<AnswerCandidate> items = [];
        foreach (AnswerCandidate candidate in found)
        {
            if (Fits(candidate))
            {
                return [];
            }

            if (IsItem(candidate.Node))
            {
                items.Add(candidate);
            }
        }

        return items;
    }

    private bool Fits(AnswerCandidate candidate) => tree[candidate.Node].Kind == NodeKind.Array && Measure(candidate, keep: false).Errors == 0;

    private bool IsItem(int node)
    {
        int type = schema!.ObjectWithin(0);
        if (type < 0 || tree[node].Kind != NodeKind.Object)
        {
            return false;
        }

        for (int child = tree[node].First; child >= 0; child = tree[child].Next)
        {
            if (schema.KindOf(type) == SchemaKind.Map || schema.Find(type, tree.Name(child, _source), out _) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private AnswerCandidate Closest(List<AnswerCandidate> found)
    {
        var fits = new List<Fit>(Math.Min(found.Count, MostAligned));
        int chosen = 0;
        for (int i = 0; i < found.Count && i < MostAligned; i++)
        {
            fits.Add(Measure(found[i], keep: true));
            chosen = fits[i].CompareTo(fits[chosen]) < 0 ? i : chosen;
        }

        int rival = fits.FindLastIndex(fit => fit.Rivals(fits[chosen]));
        bool isReplaced = rival > chosen && FinalWords.Precede(_source[found[rival - 1].End..found[rival].Start]);
        chosen = isReplaced ? rival : chosen;
        AnswerCandidate best = found[chosen];
        best.HasRival = rival >= 0 && !isReplaced;
        best.WasChosen = rival >= 0 || Dropped(found, chosen, fits);
        best.IsFollowedByCut = !best.Cut && IsFollowedByCut(found, best.End);
        return best;
    }

    // Whether data that is not the same again was left aside.
    private bool Dropped(List<AnswerCandidate> found, int chosen, List<Fit> fits)
    {
        for (int i = 0; i < found.Count; i++)
        {
            if (i != chosen && IsItem(found[i].Node) && (i >= fits.Count || !fits[i].IsSame(fits[chosen])))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFollowedByCut(List<AnswerCandidate> found, int end)
    {
        foreach (AnswerCandidate other in found)
        {
            if (other.Cut && other.Start >= end && MayBeAnswer(other.Node))
            {
                return true;
            }
        }

        return false;
    }

    // What is cut off so early that nothing is known of it may have been the answer, too.
    private bool MayBeAnswer(int node)
    {
        if (IsItem(node))
        {
            return true;
        }

        if (tree[node].Kind == NodeKind.Array)
        {
            return schema!.KindOf(0) == SchemaKind.Array && (tree[node].Count == 0 || tree[tree[node].First].Kind is not NodeKind.Word);
        }

        int first = tree[node].First;
        return tree[node].Kind == NodeKind.Object && (first < 0 || (tree[node].Count == 1 && tree[first].Kind == NodeKind.Absent && tree[first].Has(NodeFlags.Cut)));
    }

    private Fit Measure(AnswerCandidate candidate, bool keep)
    {
        if (SchemaEcho.Is(tree, _source, candidate.Node, schema!))
        {
            return Fit.None with { Steps = int.MaxValue - 1 };
        }

        using var output = CanonicalWriter.Rent();
        using var report = ReadingReport.Rent();
        var aligner = new Aligner(tree, _source, schema!, options, output, report);
        bool usable = aligner.AlignRoot(candidate.Node);
        return new Fit(report.ErrorCount + (usable ? 0 : 1000), aligner.Distance, keep ? output.ToArray() : []);
    }

    /// <summary>How well a value fits: fewer errors, then fewer steps, are better.</summary>
    private readonly record struct Fit(int Errors, int Steps, byte[] Json)
    {
        // A missing field makes a draft; less than that makes another answer.
        private const int Draft = 100;

        public static Fit None { get; } = new(int.MaxValue, int.MaxValue, []);

        public int CompareTo(Fit other) => (Errors, Steps).CompareTo((other.Errors, other.Steps));

        public bool IsSame(Fit other) => Json.AsSpan().SequenceEqual(other.Json);

        /// <summary>Whether a whole value fits about as well as the best and says something else.</summary>
        public bool Rivals(Fit best) => Errors == 0 && best.Errors == 0 && Steps - best.Steps < Draft && !IsSame(best);
    }

    private AnswerCandidate WithoutSchema(List<AnswerCandidate> found)
    {
        List<AnswerCandidate> data = [];
        foreach (AnswerCandidate candidate in found)
        {
            if (LooksLikeData(candidate.Node))
            {
                data.Add(candidate);
            }
        }

        data = data.Count == 0 ? [found[0]] : data;
        List<AnswerCandidate> fenced = [.. data.Where(static candidate => candidate.FenceStart >= 0)];
        data = fenced.Count > 0 ? fenced : data;
        List<AnswerCandidate> different = [];
        foreach (AnswerCandidate candidate in data)
        {
            if (different.Count == 0 || !_source[candidate.Start..candidate.End].SequenceEqual(_source[different[^1].Start..different[^1].End]))
            {
                different.Add(candidate);
            }
        }

        // A list after a list is the same list, written anew.
        bool lists = true;
        foreach (AnswerCandidate candidate in different)
        {
            lists &= tree[candidate.Node].Kind == NodeKind.Array;
        }

        return different.Count == 1 || lists ? different[^1] : AsList(different);
    }

    // [brackets] and {placeholders} of prose hold only words; empty brackets beside data hold nothing.
    private bool LooksLikeData(int node)
    {
        for (int child = tree[node].First; child >= 0; child = tree[child].Next)
        {
            if (tree[child].Kind is not (NodeKind.Word or NodeKind.Absent))
            {
                return true;
            }
        }

        return false;
    }

    private AnswerCandidate AsList(List<AnswerCandidate> items)
    {
        int list = tree.Add(NodeKind.Array, items[0].Start);
        foreach (AnswerCandidate item in items)
        {
            tree.Link(list, item.Node);
        }

        tree[list].End = items[^1].End;
        tree.Report(AnswerRepairKind.SingleToList, list, items[0].Start, items[^1].End - items[0].Start, "values");
        return new AnswerCandidate
        {
            Node = list,
            Start = items[0].Start,
            End = items[^1].End,
            FenceStart = items[0].FenceStart,
            FenceLength = items[0].FenceLength,
            Cut = items[^1].Cut,
            RepairsFrom = items[0].RepairsFrom,
            RepairsTo = tree.RepairCount,
        };
    }
}
