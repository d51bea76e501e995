namespace GeminiBatch;

/// <summary>Chooses the value that is the answer: the one closest to the schema, or, without a schema, what most looks like data.</summary>
internal readonly ref struct CandidateChoice(ReadOnlySpan<byte> source, AnswerTree tree, SchemaIndex? schema, ParseOptions options, int maxDepth)
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

    private bool Fits(AnswerCandidate candidate) => tree[candidate.Node].Kind == NodeKind.Array && Distance(candidate).Errors == 0;

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
        AnswerCandidate best = found[0];
        (int Errors, int Steps) closest = (int.MaxValue, int.MaxValue);
        foreach (AnswerCandidate candidate in found.Take(MostAligned))
        {
            (int Errors, int Steps) distance = Distance(candidate);
            if (distance.CompareTo(closest) < 0)
            {
                (best, closest) = (candidate, distance);
            }
        }

        return best;
    }

    private (int Errors, int Steps) Distance(AnswerCandidate candidate)
    {
        if (SchemaEcho.Is(tree, _source, candidate.Node, schema!))
        {
            return (int.MaxValue, int.MaxValue - 1);
        }

        using var output = new CanonicalWriter();
        var report = new ReadingReport();
        var aligner = new Aligner(tree, _source, schema!, options, output, report, maxDepth);
        bool usable = aligner.Align(candidate.Node, 0);
        return (report.ErrorCount + (usable ? 0 : 1000), aligner.Distance);
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
