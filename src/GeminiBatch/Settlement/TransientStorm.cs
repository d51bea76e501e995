using System.Globalization;
using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>
/// Many rows that failed for the backend's own trouble pause the run: what would be sent now would mostly fail again. After a while a small probe is sent,
/// and its rows decide between going on and a longer pause.
/// </summary>
internal static class TransientStorm
{
    private const int FewestRows = 20;
    private const double Share = 0.3;

    /// <summary>Rows of a probe.</summary>
    public const int ProbeRows = 5;

    /// <summary>Looks at a settled job: begins a storm, prolongs it, or ends it.</summary>
    public static void Judge(LedgerConnection connection, RunContext context, ShardRecord shard, JobRecord job)
    {
        var troubled = connection.Number(
            "SELECT count(*) FROM attempts a JOIN rows r ON r.id = a.row WHERE r.id BETWEEN $1 AND $2 AND a.shard = $3 AND a.reason = $4", shard.FirstRow, shard.LastRow, shard.Id, RowReasons.RowError)!.Value;
        var run = LedgerRuns.Get(connection, shard.Run);
        if (shard.IsProbe ? troubled * 2 >= shard.Rows : troubled >= FewestRows && troubled >= shard.Rows * Share)
        {
            var pause = TransientErrors.Delay(context.Options.StormPause, context.Options.MaxCreationBackoff, run.StormRound + 1, null);
            connection.Execute(
                "UPDATE runs SET storm_round = storm_round + 1, storm_until = $2 WHERE id = $1", shard.Run, context.NowMilliseconds + LedgerTime.Milliseconds(pause));
            context.Activity.Notice = string.Create(
                CultureInfo.InvariantCulture, $"{troubled} of {shard.Rows} rows failed for the backend's own trouble; sending is paused for {pause.TotalMinutes:0} min, then {ProbeRows} rows find out whether it is over.");
            RunLog.Storm(context.Logger, context.RunName, job.Name ?? "", troubled, shard.Rows, pause);
        }
        else if (shard.IsProbe)
        {
            connection.Execute("UPDATE runs SET storm_round = 0, storm_until = NULL WHERE id = $1", shard.Run);
            context.Activity.Notice = "The probe came back well; sending goes on.";
        }
    }
}
