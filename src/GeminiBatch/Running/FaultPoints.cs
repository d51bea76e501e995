using System.Collections.Frozen;

namespace GeminiBatch;

/// <summary>
/// The names of all points at which a program may die: before and after every durable and every remote effect of the stages. A point that is not listed here is refused
/// where points are listened to, and a listed one that no test freezes a run at fails the crash matrix.
/// </summary>
internal static class FaultPoints
{
    /// <summary>Effects with a point before and one after them.</summary>
    private static readonly string[] s_effects =
    [
        // Planning.
        "plan.bounds", "plan.begin", "plan.recipe", "plan.spool", "plan.chunk", "plan.end", "plan.sample",

        // Driving.
        "drive.begin", "recover", "retry.failed", "spend.estimate",

        // Packing and staging.
        "pack", "pack.probe", "storm.over", "stage.content", "stage.content-recorded", "stage.upload", "stage.record", "stage.refused", "stage.postpone",

        // Submission and reconciling.
        "submit.expired", "submit.adopt", "submit.orphans-postpone", "submit.found", "submit.intend", "submit.create", "submit.record", "submit.uncertain", "submit.postpone", "submit.refuse",
        "reconcile.record", "reconcile.postpone", "twin.found", "twin.cancel", "twin.record", "twin.postpone",

        // Watching.
        "watch.record", "watch.missed", "watch.slow", "watch.cancel", "watch.overdue", "watch.postpone", "watch.ended",

        // Collection and settlement.
        "collect.chunk", "collect.await", "collect.finish", "collect.postpone", "settle.rows", "settle.finish",

        // Cancellation.
        "cancel.intend", "cancel.job", "cancel.asked", "cancel.shard",
    ];

    /// <summary>Calls that only ask, with a point before them.</summary>
    private static readonly string[] s_questions = ["submit.orphans", "reconcile.find", "watch.get", "collect.get"];

    public static FrozenSet<string> All { get; } =
        s_effects.SelectMany(static effect => (string[])[$"{effect}:before", $"{effect}:after"]).Concat(s_questions.Select(static question => $"{question}:before")).ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Thrown when the point is not listed.</exception>
    public static void Require(string point)
    {
        if (!All.Contains(point))
        {
            throw new InvalidOperationException($"The point '{point}' is not among the fault points: list it there, and freeze a run at it.");
        }
    }
}
