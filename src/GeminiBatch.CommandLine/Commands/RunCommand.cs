namespace GeminiBatch;

/// <summary>The whole road for one extraction type: plan, ask what it may cost, drive, report.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context, ExtractionTarget target)
    {
        var documents = new DocumentFolder(context);
        var truth = new GroundTruth(documents.Path);
        await using var session = await BackendSession.StartAsync(context);
        await using var extractor = LedgerAccess.Open(context, session);
        await using var run = await target.OpenAsync(
            extractor, context.Settings.RunOrDefault, documents.ReadAsync(), RequestOf(context), context.CancellationToken);
        return await new DrivenRun(context, session, run, documents).DriveAsync(target.Schema, truth, async () =>
        {
            var plan = await PlanCommand.PlanAsync(context, run);
            documents.NameSkipped();
            if (session.IsEmulator)
            {
                context.Console.Note("Emulated answers, by rules and not by a model. --backend developer asks Gemini.");
            }

            return plan;
        });
    }

    public static ExtractionRequest RequestOf(CommandContext context)
    {
        var (request, settings) = (context.App.Request, context.Settings);
        return request with
        {
            Model = settings.Model ?? request.Model,
            MaxCost = settings.MaxCost ?? request.MaxCost,
            MaxAttempts = settings.MaxAttempts ?? request.MaxAttempts,
            AllowSearchCost = settings.AllowSearchCost || request.AllowSearchCost,
            OnRecipeChange = settings.OnRecipeChange ?? request.OnRecipeChange,
        };
    }
}
