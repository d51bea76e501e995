using Spectre.Console;

namespace GeminiBatch;

/// <summary>Drives a run to its end while showing how it goes, and collects its results: what run, resume and retry have in common.</summary>
internal static class RunDriver
{
    public static async Task<int> DriveAsync(
        CommandContext context, BackendSession session, ExtractionRun run, ExtractionSchema schema, GroundTruth truth, Func<Task<RunPlan>> planAsync)
    {
        RunPlan plan;
        await using (ProgressDisplay.Start(context, run, session.Name))
        {
            plan = await planAsync();
        }

        AskForMoney(context, session, plan);
        if (plan.RowsToSend > 0)
        {
            await session.ProbeAsync(plan.Model, context.CancellationToken);
        }

        using var files = new ResultFiles(context.Settings.Output, run.Name, schema.Descriptor);
        var outcome = new RunOutcome(plan, new AccuracyTally(schema.Descriptor));
        await using (ProgressDisplay.Start(context, run, session.Name))
        {
            await foreach (var result in run.UntypedResultsAsync(context.CancellationToken))
            {
                await files.AddAsync(result, context.CancellationToken);
                outcome.Add(result);
                truth.Compare(result, outcome.Accuracy);
            }
        }

        await files.WriteAsync(context.CancellationToken);
        outcome.Summary = await run.SummaryAsync(context.CancellationToken);
        RunReport.Write(context, session, schema.Descriptor, outcome, files);
        return outcome.Summary.Failed > 0 && context.Settings.FailOnFailures ? CommandError.DocumentsFailed : 0;
    }

    private static void AskForMoney(CommandContext context, BackendSession session, RunPlan plan)
    {
        if (session.IsEmulator || plan.RowsToSend == 0 || context.Settings.Yes || context.Settings.MaxCost is not null)
        {
            return;
        }

        var price = $"{Figures.Count(plan.RowsToSend, "row", "rows")} to send with {plan.Model}, {(plan.EstimatedCost is null ? "price unknown" : "about " + Figures.Dollars(plan.EstimatedCost))}";
        if (!AppConsole.CanAsk)
        {
            throw new CommandLineException($"Nothing was sent: {price}. Agree with --yes, or set a limit with --max-cost USD.");
        }

        if (!context.Console.Err.Confirm($"{Markup.Escape(price)}. Send?", defaultValue: false))
        {
            throw new CommandLineException("Nothing was sent.");
        }
    }
}
