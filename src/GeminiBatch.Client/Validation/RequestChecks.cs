using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks a request's own members (protocol: 1.3, 2.1).</summary>
internal static class RequestChecks
{
    private const int MaxLabels = 64;
    private const int MaxLabel = 63;

    // What the pipeline estimates by as well.
    private const int BytesPerToken = 4;

    private static readonly Dictionary<string, JsonTokenType> Members = new(StringComparer.Ordinal)
    {
        ["contents"] = JsonTokenType.StartArray,
        ["systemInstruction"] = JsonTokenType.StartObject,
        ["generationConfig"] = JsonTokenType.StartObject,
        ["tools"] = JsonTokenType.StartArray,
        ["toolConfig"] = JsonTokenType.StartObject,
        ["safetySettings"] = JsonTokenType.StartArray,
        ["cachedContent"] = JsonTokenType.String,
        ["serviceTier"] = JsonTokenType.String,
        ["model"] = JsonTokenType.String,
    };

    private static readonly HashSet<string> VertexMembers = new(StringComparer.Ordinal) { "labels", "modelArmorConfig" };

    internal static bool Knows(string name) => Members.ContainsKey(name) || VertexMembers.Contains(name);

    internal static void Check(RowCheck row, int request)
    {
        ModelChecks.Check(row, request);
        if (row.IsVertex)
        {
            CheckEmptyObjects(row, request);
        }

        if (row.IsEmbedding)
        {
            EmbeddingChecks.Check(row, request);
            return;
        }

        CheckMembers(row, request);
        ContentChecks.CheckContents(row, request);
        ContentChecks.CheckInstruction(row, request);
        SettingsChecks.Check(row, request);
        CheckTools(row, request);
        CheckSafety(row, request);
        CheckLabels(row, request);
        int cached = row.Tree.Find(request, "cachedContent");
        if (row.Tree.Has(cached))
        {
            row.Report(RequestRules.CachedContent, cached, "The request names an explicit cache.");
        }

        if (row.Model?.InputTokens is { } most && row.Tree.Size(request) / BytesPerToken > most && !row.HasInlineData)
        {
            row.Report(RequestRules.InputTokens, request, $"The request has {row.Tree.Size(request)} bytes; {row.Model.Id} reads {most} tokens.");
        }
    }

    private static void CheckMembers(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        for (int member = tree.First(request); member != RowTree.None; member = tree.Next(member))
        {
            string name = tree.CamelName(member);
            if (Members.TryGetValue(name, out JsonTokenType kind))
            {
                if (name is not ("contents" or "systemInstruction"))
                {
                    row.Is(member, kind);
                }
            }
            else if (SettingsChecks.Knows(name))
            {
                row.Report(RequestRules.FieldMisplaced, member, $"{tree.Quoted(member)} stands in the request and belongs into generationConfig.");
            }
            else if (!(row.IsVertex && VertexMembers.Contains(name)))
            {
                row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of a request.");
            }
        }
    }

    private static void CheckTools(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int tools = tree.Find(request, "tools");
        if (!tree.IsArray(tools) || tree.First(tools) == RowTree.None)
        {
            return;
        }

        (int files, int web) = (RowTree.None, RowTree.None);
        for (int tool = tree.First(tools); tool != RowTree.None; tool = tree.Next(tool))
        {
            row.Is(tool, JsonTokenType.StartObject, "A tool");
            files = Either(files, tree.Find(tool, "fileSearch"));
            web = Either(web, Either(tree.Find(tool, "googleSearch"), tree.Find(tool, "urlContext")));
        }

        if (tree.Has(files) && tree.Has(web))
        {
            row.Report(RequestRules.ToolsExclusive, files, $"'fileSearch' stands together with {tree.Quoted(web)}.");
        }

        int mime = tree.Find(tree.Find(request, "generationConfig"), "responseMimeType");
        if (tree.Text(mime) == "application/json" && row.Model is { StructuredOutputWithTools: false } model)
        {
            row.Report(RequestRules.JsonWithTools, mime, $"{model.Id} takes no JSON response type together with tools.");
        }
    }

    private static int Either(int one, int other) => one == RowTree.None ? other : one;

    private static void CheckSafety(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int settings = tree.Find(request, "safetySettings");
        for (int setting = tree.IsArray(settings) ? tree.First(settings) : RowTree.None; setting != RowTree.None; setting = tree.Next(setting))
        {
            if (row.Is(setting, JsonTokenType.StartObject, "A safety setting"))
            {
                row.IsOneOf(tree.Find(setting, "category"), WireNames.HarmCategories);
                row.IsOneOf(tree.Find(setting, "threshold"), WireNames.HarmThresholds);
            }
        }
    }

    private static void CheckLabels(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int labels = tree.Find(request, "labels");
        if (!row.IsVertex || !tree.Has(labels) || !row.Is(labels, JsonTokenType.StartObject, "'labels'"))
        {
            return;
        }

        if (tree.Count(labels) > MaxLabels)
        {
            row.Report(RequestRules.LabelIllegal, labels, $"There are {tree.Count(labels)} labels.");
        }

        for (int label = tree.First(labels); label != RowTree.None; label = tree.Next(label))
        {
            if (!tree.IsText(label) || !IsLabel(tree.Text(label)) || !IsLabel(tree.Name(label)) || tree.Name(label).Length == 0)
            {
                row.Report(RequestRules.LabelIllegal, label, $"The label {tree.Quoted(label)} has characters or a length that labels do not have.");
            }
        }
    }

    private static bool IsLabel(string? text) => text is not null && text.Length <= MaxLabel && text.All(static c => char.IsLower(c) || char.IsDigit(c) || c is '-' or '_');

    private static void CheckEmptyObjects(RowCheck row, int node)
    {
        RowTree tree = row.Tree;
        for (int child = tree.First(node); child != RowTree.None; child = tree.Next(child))
        {
            if (tree.IsObject(child) && tree.First(child) == RowTree.None)
            {
                row.Report(RequestRules.EmptyObject, child, tree.NameBytes(child).Length > 0 ? $"{tree.Quoted(child)} is an empty object." : "There is an empty object in a list.");
            }
            else
            {
                CheckEmptyObjects(row, child);
            }
        }
    }
}
