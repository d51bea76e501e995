using Spectre.Console;

namespace GeminiBatch;

/// <summary>Drives a run to its end while showing how it goes, and collects its results: what run, resume and retry have in common.</summary>
internal sealed class DrivenRun(CommandContext context, BackendSession session, ExtractionRun run, DocumentFolder? documents = null)
{
    private RunPlan? _plan;

    public async Task<int> DriveAsync(ExtractionSchema schema, GroundTruth truth, Func<Task<RunPlan>> planAsync, AgreedChange? change = null)
    {
        try
        {
            return await DriveToEndAsync(schema, truth, planAsync, change);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            context.Stopped = ResumeHint.Of(context, session, await run.ProgressAsync(CancellationToken.None), _plan is not null);
            throw;
        }
    }

    private async Task<int> DriveToEndAsync(ExtractionSchema schema, GroundTruth truth, Func<Task<RunPlan>> planAsync, AgreedChange? change)
    {
        RunPlan plan;
        await using (ProgressDisplay.Start(context, run, session.Name))
        {
            plan = await planAsync();
        }

        documents?.RequireReadable();
        if (plan.Items == 0 && documents?.Unreadable is { Count: > 0 } unreadable)
        {
            throw new CommandLineException($"None of {Figures.Count(unreadable.Count, "document", "documents")} can be read, so there is nothing to send.");
        }

        Announce(plan);
        WarnOfOthers(plan);
        AskForMoney(plan, change);
        if (change is not null)
        {
            await change.ApplyAsync();
            plan = await planAsync();
        }

        _plan = plan;
        if (plan.RowsToSend > 0)
        {
            await session.ProbeAsync(plan.Model, context.CancellationToken);
        }

        var before = await run.ProgressAsync(context.CancellationToken);
        using var files = new ResultFiles(context.Settings.Output, run.Name, run.Table());
        var outcome = new RunOutcome(plan, new AccuracyTally(schema.Descriptor)) { Skipped = documents?.Unreadable ?? [], Before = before };
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
        var (succeeded, failed) = (outcome.Summary.Succeeded, outcome.Summary.Failed);
        return failed > 0 && (succeeded == 0 || context.Settings.FailOnFailures) ? CommandError.DocumentsFailed : 0;
    }

    // Which model is asked is never a secret, least of all where nobody named one.
    private void Announce(RunPlan plan)
    {
        if (plan.RowsToSend == 0)
        {
            return;
        }

        var isDefault = context.Settings.Model is null && context.App.Request.Model is null;
        context.Console.Note($"model: {plan.Model}{(isDefault ? $", the default of {session.Name}; --model takes another" : "")}");
        foreach (var warning in plan.Warnings)
        {
            context.Console.Note($"warning: {CommandError.OneLine(warning)}");
        }
    }

    // A run keeps its documents: a folder that has fewer of them now does not take the others out.
    private void WarnOfOthers(RunPlan plan)
    {
        var others = documents is null ? 0 : plan.Items - (plan.Documents - documents.Unreadable.Count);
        if (others > 0 && plan.RowsToSend > 0)
        {
            context.Console.Note($"note: the run has {Figures.Count(others, "document", "documents")} of earlier readings besides; what was not sent of them is sent too. --run NAME makes another run without them.");
        }
    }

    private void AskForMoney(RunPlan plan, AgreedChange? change)
    {
        var again = change?.Again ?? 0;
        if (session.IsEmulator || plan.RowsToSend + again == 0 || context.Settings.Yes || context.Settings.MaxCost is not null)
        {
            return;
        }

        var cost = plan.EstimatedCost + (again == 0 ? 0 : again * change!.CostOfOne);
        var price = $"{Figures.Count(plan.RowsToSend, "row", "rows")}{(again == 0 ? "" : $" and {Figures.Count(again, "failed document", "failed documents")}")} to send to {session.Name} with {plan.Model}, {(cost is null ? "price unknown" : "about " + Figures.Dollars(cost))}";
        if (!AppConsole.CanAsk)
        {
            throw new CommandLineException($"Nothing was sent: {price}. Agree with --yes, or set a limit with --max-cost USD.");
        }

        if (!context.Console.Err.Confirm($"{Markup.Escape(TerminalText.Clean(price))}. Send?", defaultValue: false))
        {
            throw new CommandLineException("Nothing was sent.");
        }
    }
}
