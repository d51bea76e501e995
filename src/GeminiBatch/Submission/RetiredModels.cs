namespace GeminiBatch;

/// <summary>Refuses to send rows to a model that the catalogue says is retired: they would fail, or another model would answer.</summary>
internal static class RetiredModels
{
    public static void Refuse(ExtractionEngine engine, string run, string model)
    {
        var facts = engine.Catalogue.Find(model);
        if (facts?.StatusOn(DateOnly.FromDateTime(engine.Time.GetUtcNow().UtcDateTime)) != GeminiModelStatus.Retired)
        {
            return;
        }

        var successor = facts.Successor ?? facts.RoutedTo;
        throw new RunRefusedException(
            run,
            RunRefusal.RetiredModel,
            $"The model '{model}' is retired: requests for it would fail, or another model would answer.{(successor is null ? "" : $" Use '{successor}'.")} What it has answered is still there to be read.");
    }
}
