namespace GeminiBatch;

/// <summary>Checks the model that runs a row (protocol: 8).</summary>
internal static class ModelChecks
{
    internal static void Check(RowCheck row, int request)
    {
        int node = row.Tree.Find(request, "model");
        if (row.ModelName is not { } name)
        {
            return;
        }

        if (row.Model is not { } model)
        {
            row.ReportModel(RequestRules.ModelUnknown, node, $"The catalogue has no {RowTree.Quoted(name)}.");
            return;
        }

        GeminiModelStatus status = row.Options.Date is { } date ? model.StatusOn(date) : model.Status;
        if (status == GeminiModelStatus.Retired)
        {
            row.ReportModel(RequestRules.ModelRetired, node, $"'{model.Id}' is retired.{((model.Successor ?? model.RoutedTo) is { } successor ? $" Its successor is '{successor}'." : "")}");
            return;
        }

        bool runs = row.IsEmbedding ? model.BatchMethods.Contains("asyncBatchEmbedContent", StringComparer.Ordinal) : model.RunsBatches;
        if ((model.BatchMethods.Count > 0 && !runs) || (model.Backends.Count > 0 && !model.Backends.Contains(row.Options.Backend, StringComparer.Ordinal)))
        {
            row.ReportModel(RequestRules.ModelNotBatch, node, $"'{model.Id}' runs no batch of {(row.IsEmbedding ? "embeddings" : "generation")} on this backend.");
        }
    }
}
