namespace GeminiBatch;

/// <summary>Says what a run would send and cost, and sends nothing.</summary>
internal static class PlanCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context, ExtractionTarget target)
    {
        var documents = new DocumentFolder(context);
        await using var session = await BackendSession.StartAsync(context);
        await using var extractor = LedgerAccess.Open(context, session);
        await using var run = await target.OpenAsync(
            extractor, context.Settings.RunOrDefault, documents.ReadAsync(), RunCommand.RequestOf(context), context.CancellationToken);
        context.Stopped = "Stopped; nothing was sent. Run the same command again.";
        RunPlan plan;
        await using (ProgressDisplay.Start(context, run, session.Name))
        {
            plan = await PlanAsync(context, run);
        }

        if (context.Settings.Json)
        {
            documents.RequireReadable();
            AppConsole.Raw(Json(plan, documents.Skipped));
            return 0;
        }

        documents.NameSkipped();
        documents.RequireReadable();
        PlanReport.Write(context.Console, plan, documents.Unreadable.Count);
        return 0;
    }

    /// <summary>The plan, after the backend has counted some rows where that was asked for.</summary>
    public static async Task<RunPlan> PlanAsync(CommandContext context, ExtractionRun run)
    {
        var plan = await run.PlanAsync(context.CancellationToken);
        if (context.Settings.CountTokens is not { } rows || plan.RowsToSend == 0)
        {
            return plan;
        }

        var counted = await run.SampleTokensAsync(rows, context.CancellationToken);
        if (counted == 0)
        {
            context.Console.Note("note: no row was counted: the backend does not count, or every row to send has media.");
        }

        return await run.PlanAsync(context.CancellationToken);
    }

    private static string Json(RunPlan plan, IReadOnlyList<SkippedDocument> skipped) => SummaryJson.Write(writer =>
    {
        writer.WriteString("run", plan.Run);
        writer.WriteString("model", plan.Model);
        writer.WriteString("backend", plan.Backend);
        writer.WriteNumber("documents", plan.Documents);
        writer.WriteNumber("items", plan.Items);
        writer.WriteNumber("rows", plan.Rows);
        writer.WriteNumber("rowsToSend", plan.RowsToSend);
        writer.WriteNumber("shards", plan.Shards);
        writer.WriteNumber("inputTokens", plan.InputTokens);
        writer.WriteNumber("outputTokens", plan.OutputTokens);
        SummaryJson.WriteMoney(writer, "estimatedCostUsd", plan.EstimatedCost);
        SummaryJson.WriteParts(writer, "estimatedCostUsdByPart", plan.EstimatedCostByPart);
        writer.WriteNumber("searchQueries", plan.SearchQueries);
        writer.WriteNumber("cachedItems", plan.CachedItems);
        writer.WriteString("costBasis", plan.CostBasis);
        writer.WriteStartArray("warnings");
        foreach (var warning in plan.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("skipped");
        foreach (var document in skipped)
        {
            writer.WriteStartObject();
            writer.WriteString("id", document.Id);
            writer.WriteString("reason", document.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
