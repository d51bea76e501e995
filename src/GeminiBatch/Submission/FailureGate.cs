using System.Globalization;

namespace GeminiBatch;

/// <summary>Stops a run that fails again and again for one and the same reason before it spends more.</summary>
internal static class FailureGate
{
    public const string Succeeded = "succeeded";
    private const string Deterministic = "deterministic:";
    private const string Transient = "transient:";

    public static string NameOf(string reason, int? code, RetryAdvice advice)
    {
        var isTransient = advice == RetryAdvice.Retry || (code is not null && advice == RetryAdvice.RetryOnce);
        return string.Create(CultureInfo.InvariantCulture, $"{(isTransient ? Transient : Deterministic)}{reason}{(code is { } number ? " with code " + number.ToString(CultureInfo.InvariantCulture) : "")}");
    }

    public static void Require(RunContext context, RunRecord run)
    {
        var (job, wait) = context.Ledger.Read(connection => (
            connection.Text("SELECT error_message FROM jobs WHERE run = $1 AND error_message IS NOT NULL ORDER BY id DESC LIMIT 1", run.Id),
            context.Options.StopAfterFailures is { } most ? Repeated(connection, run.Id, most) : null));
        if (Math.Max(run.RefusedInARow, run.FailedInARow) >= ShardHalving.MostInARow)
        {
            throw Stopped(context, string.Create(CultureInfo.InvariantCulture, $"{ShardHalving.MostInARow} jobs in a row were refused or failed as a whole, in every part of the run: {job ?? "the backend gives no reason"}"));
        }

        if (wait is { } repeated)
        {
            throw Stopped(context, string.Create(CultureInfo.InvariantCulture, $"{repeated.Count} of {repeated.Total} answered rows ended for one and the same reason, {repeated.Name}"));
        }
    }

    private static (string Name, long Count, long Total)? Repeated(LedgerConnection connection, long run, int most)
    {
        var outcomes = LedgerTallies.Read(connection, run, LedgerTallies.Outcomes);
        var total = outcomes.Values.Sum();
        foreach (var (name, count) in outcomes)
        {
            if (name.StartsWith(Deterministic, StringComparison.Ordinal) && count >= most && count * 2 > total)
            {
                return (name[Deterministic.Length..], count, total);
            }
        }

        return null;
    }

    private static RunRefusedException Stopped(RunContext context, string what) => new(
        context.RunName,
        RunRefusal.RepeatedFailures,
        $"The run '{context.RunName}' sends nothing more: {what}. What was answered is kept. Look at a few of those results and put prompt, schema or settings right; driven again, the run goes on and counts afresh (see {nameof(GeminiBatchOptions)}.{nameof(GeminiBatchOptions.StopAfterFailures)}).");
}
