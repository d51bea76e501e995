using System.Globalization;
using System.Runtime.InteropServices;

namespace GeminiBatch;

/// <summary>Collects repairs and errors of one reading, and knows where in the value it stands.</summary>
internal sealed class ReadingReport : IDisposable
{
    /// <summary>Rubble can need a repair per byte; whoever reads a report has seen enough long before.</summary>
    public const int MostReported = 1000;

    // Up to here moving entries costs less than sorting them.
    private const int FewRepairs = 64;

    [ThreadStatic]
    private static ReadingReport? s_spare;

    private readonly List<AnswerRepair> _repairs = [];
    private readonly List<AnswerError> _errors = [];
    private readonly List<(string? Name, int Index)> _path = [];

    private ReadingReport()
    {
    }

    /// <summary>Repairs, told or not.</summary>
    public int RepairCount { get; private set; }

    /// <summary>Errors, told or not.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>The range to which everything is attributed while text from inside a string is read; null otherwise.</summary>
    public (int Start, int Length)? Within { get; set; }

    /// <summary>Whether the answer was found to end too early.</summary>
    public bool IsCut { get; private set; }

    public string Path => TextOf(_path);

    public int Depth => _path.Count;

    /// <summary>An empty report, with the lists of one that was disposed on this thread.</summary>
    public static ReadingReport Rent()
    {
        ReadingReport report = s_spare ?? new ReadingReport();
        s_spare = null;
        return report;
    }

    public void Dispose()
    {
        _repairs.Clear();
        _errors.Clear();
        _path.Clear();
        (RepairCount, ErrorCount, Within, IsCut) = (0, 0, null, false);
        s_spare ??= this;
    }

    public void Enter(string name) => _path.Add((name, -1));

    public void Enter(int index) => _path.Add((null, index));

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    public void Repair(AnswerRepairKind kind, int start, int end, string message)
    {
        if (Counts(++RepairCount))
        {
            Add(kind, Path, start, end, message);
        }
    }

    public void Repair(AnswerRepairKind kind, string path, int start, int end, string message)
    {
        if (Counts(++RepairCount))
        {
            Add(kind, path, start, end, message);
        }
    }

    public void Error(AnswerErrorKind kind, string message, string? expected = null, string? found = null) =>
        ErrorAt(ErrorCount < MostReported ? Path : ValuePath.Root, kind, message, expected, found);

    public void ErrorAt(string path, AnswerErrorKind kind, string message, string? expected = null, string? found = null)
    {
        IsCut |= kind is AnswerErrorKind.Truncated or AnswerErrorKind.RepetitionLoop;
        if (Counts(++ErrorCount))
        {
            _errors.Add(new AnswerError(kind, path, message) { Expected = expected, Found = found });
        }
    }

    /// <summary>Where the report stands, to come back to.</summary>
    public ReportMark Mark() => new(RepairCount, _repairs.Count, ErrorCount, _errors.Count, IsCut);

    /// <summary>Forgets what was reported since a mark.</summary>
    public void Rewind(in ReportMark mark)
    {
        _repairs.RemoveRange(mark.Repairs, _repairs.Count - mark.Repairs);
        _errors.RemoveRange(mark.Errors, _errors.Count - mark.Errors);
        (RepairCount, ErrorCount, IsCut) = (mark.RepairCount, mark.ErrorCount, mark.IsCut);
    }

    /// <summary>The repairs in the answer's order.</summary>
    public AnswerRepair[] OrderedRepairs()
    {
        if (_repairs.Count == 0)
        {
            return [];
        }

        int more = RepairCount - _repairs.Count;
        AnswerRepair[] ordered = _repairs.Count > FewRepairs ? [.. _repairs.OrderBy(static repair => repair.Start)] : Sorted();
        return more == 0 ? ordered : [.. ordered, _repairs[^1] with { Path = ValuePath.Root, Message = More(more, "repairs") }];
    }

    // Nearly in order already: numbers are moved, not references. Where two repairs start alike, the one made first comes first.
    private AnswerRepair[] Sorted()
    {
        Span<long> order = stackalloc long[FewRepairs];
        for (int i = 0; i < _repairs.Count; i++)
        {
            long key = ((long)_repairs[i].Start << 32) | (uint)i;
            int to = i;
            for (; to > 0 && order[to - 1] > key; to--)
            {
                order[to] = order[to - 1];
            }

            order[to] = key;
        }

        var sorted = new AnswerRepair[_repairs.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = _repairs[(int)order[i]];
        }

        return sorted;
    }

    public AnswerError[] AllErrors()
    {
        int more = ErrorCount - _errors.Count;
        return more == 0 ? [.. _errors] : [.. _errors, new AnswerError(_errors[^1].Kind, ValuePath.Root, More(more, "errors"))];
    }

    public static string TextOf(List<(string? Name, int Index)> path)
    {
        if (path.Count == 0)
        {
            return ValuePath.Root;
        }

        var text = new PathText(stackalloc char[PathText.Usual]);
        foreach ((string? name, int index) in CollectionsMarshal.AsSpan(path))
        {
            if (name is null)
            {
                text.Item(index);
            }
            else
            {
                text.Member(name);
            }
        }

        return text.ToString();
    }

    private static bool Counts(int count) => count <= MostReported;

    private static string More(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"And {count} more {what}.");

    private void Add(AnswerRepairKind kind, string path, int start, int end, string message)
    {
        (int from, int length) = Within ?? (start, Math.Max(0, end - start));
        _repairs.Add(new AnswerRepair(kind, path, from, length, message));
    }
}

/// <summary>A place in a report.</summary>
internal readonly record struct ReportMark(int RepairCount, int Repairs, int ErrorCount, int Errors, bool IsCut);
