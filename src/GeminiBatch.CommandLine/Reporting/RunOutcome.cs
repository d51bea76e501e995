namespace GeminiBatch;

/// <summary>What came out of driving a run, as far as it is told at the end.</summary>
internal sealed class RunOutcome(RunPlan? plan, AccuracyTally accuracy)
{
    private const int Examples = 3;
    private readonly SortedDictionary<string, FailureGroup> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<AnswerRepairKind, long> _repairs = [];

    public RunPlan? Plan { get; } = plan;

    public AccuracyTally Accuracy { get; } = accuracy;

    public RunSummary Summary { get; set; } = null!;

    /// <summary>Documents that could not be read and are not in the run.</summary>
    public IReadOnlyList<SkippedDocument> Skipped { get; init; } = [];

    /// <summary>How the run stood when driving began.</summary>
    public RunProgress? Before { get; init; }

    /// <summary>Rows that were in jobs of an earlier start.</summary>
    public long Awaited => Before is { JobsByState.Count: > 0 } before ? before.InFlight : 0;

    /// <summary>Answers that needed a repair.</summary>
    public long RepairedAnswers { get; private set; }

    public IEnumerable<KeyValuePair<AnswerRepairKind, long>> Repairs =>
        _repairs.OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key);

    public IEnumerable<FailureGroup> Failures => _failures.Values;

    public void Add(ExtractionResult result)
    {
        if (result.Failure is { } failure)
        {
            if (!_failures.TryGetValue(failure.Reason, out var group))
            {
                _failures.Add(failure.Reason, group = new FailureGroup(failure.Reason, failure.Advice));
            }

            group.Count++;
            if (group.Documents.Count < Examples)
            {
                group.Documents.Add((result.DocumentId, failure.Message));
            }
        }
        else if (result.Repairs.Count > 0)
        {
            RepairedAnswers++;
            foreach (var repair in result.Repairs)
            {
                _repairs[repair.Kind] = _repairs.GetValueOrDefault(repair.Kind) + 1;
            }
        }
    }

    internal sealed class FailureGroup(string reason, string advice)
    {
        public string Reason { get; } = reason;

        public string Advice { get; } = advice;

        public long Count { get; set; }

        public List<(string Id, string Message)> Documents { get; } = [];
    }
}
