namespace GeminiBatch;

/// <summary>Checks requests for an embedding (protocol: 1.4, 2.3, 3.8).</summary>
internal static class EmbeddingChecks
{
    private static readonly string[] Settings = ["taskType", "title", "outputDimensionality"];

    internal static void Check(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int content = tree.Find(request, "content");
        ContentChecks.CheckContent(row, content);
        int parts = tree.Find(content, "parts");
        if (tree.IsArray(parts) && tree.Count(parts) > 1)
        {
            row.Report(RequestRules.EmbeddingPartsMerged, parts, $"The content has {tree.Count(parts)} parts.");
        }

        int config = tree.Find(request, "embedContentConfig");
        for (int member = tree.First(request); member != RowTree.None; member = tree.Next(member))
        {
            string name = tree.CamelName(member);
            bool isSetting = Settings.Contains(name, StringComparer.Ordinal);
            if (row.IsVertex ? isSetting : name == "embedContentConfig")
            {
                row.Report(RequestRules.EmbeddingConfigPlace, member, $"{tree.Quoted(member)} is where the other backend takes it.");
            }
            else if (!isSetting && name is not ("content" or "model" or "embedContentConfig"))
            {
                row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of a request for an embedding.");
            }
        }

        int task = tree.Find(row.IsVertex ? config : request, "taskType");
        row.IsOneOf(task, WireNames.TaskTypes);
        if (tree.Has(task) && row.Model?.Id == "gemini-embedding-2")
        {
            row.Report(RequestRules.EmbeddingTask, task, "A task type is set.");
        }

        int title = tree.Find(row.IsVertex ? config : request, "title");
        if (tree.Has(title) && tree.Text(task) != "RETRIEVAL_DOCUMENT")
        {
            row.Report(RequestRules.EmbeddingTitle, title, "A title is set.");
        }
    }
}
