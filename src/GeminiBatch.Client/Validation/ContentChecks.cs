using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks turns and their parts (protocol: 2.1, 3.5, 6).</summary>
internal static class ContentChecks
{
    private const int LargeInlineData = 1_000_000;

    private static readonly string[] Payloads =
    [
        "text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode", "codeExecutionResult", "toolCall", "toolResponse",
    ];

    private static readonly string[] SideFields = ["thought", "thoughtSignature", "videoMetadata", "mediaResolution", "partMetadata"];

    internal static void CheckContents(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int contents = tree.Find(request, "contents");
        if (!tree.Has(contents))
        {
            row.Report(RequestRules.ContentsMissing, request, "The request has no contents.");
            return;
        }

        if (!tree.IsArray(contents))
        {
            row.Report(RequestRules.ContentsNotArray, contents, $"The contents are {RowCheck.Word(tree.Kind(contents))}.");
            if (tree.IsObject(contents))
            {
                CheckContent(row, contents);
            }

            return;
        }

        if (tree.First(contents) == RowTree.None)
        {
            row.Report(RequestRules.ContentsEmpty, contents, "The contents are empty.");
            return;
        }

        int last = RowTree.None;
        bool several = tree.Next(tree.First(contents)) != RowTree.None;
        for (int content = tree.First(contents); content != RowTree.None; content = tree.Next(content))
        {
            last = content;
            CheckContent(row, content);
            CheckRole(row, content, isFirst: content == tree.First(contents), several);
        }

        if (several && tree.Text(tree.Find(last, "role")) == "model" && row.Model is not { Sampling.LastTurnMayBeModel: true })
        {
            row.Report(RequestRules.RoleLast, tree.Find(last, "role"), "The last turn is the model's.");
        }
    }

    internal static void CheckInstruction(RowCheck row, int request)
    {
        RowTree tree = row.Tree;
        int instruction = tree.Find(request, "systemInstruction");
        if (!tree.Has(instruction))
        {
            return;
        }

        if (!tree.IsObject(instruction))
        {
            row.Report(RequestRules.SystemInstructionKind, instruction, $"The system instruction is {RowCheck.Word(tree.Kind(instruction))}.");
            return;
        }

        CheckContent(row, instruction);
    }

    internal static void CheckContent(RowCheck row, int content)
    {
        RowTree tree = row.Tree;
        if (!tree.IsObject(content))
        {
            row.Report(RequestRules.ContentNotObject, content, $"A content is {RowCheck.Word(tree.Kind(content))}.");
            return;
        }

        for (int member = tree.First(content); member != RowTree.None; member = tree.Next(member))
        {
            if (tree.Name(member) is not ("parts" or "role"))
            {
                row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of a content.");
            }
        }

        int parts = tree.Find(content, "parts");
        switch (tree.Kind(parts))
        {
            case JsonTokenType.None or JsonTokenType.Null:
                row.Report(RequestRules.PartsMissing, content, "The content has no parts.");
                break;
            case JsonTokenType.StartArray when tree.First(parts) == RowTree.None:
                row.Report(RequestRules.PartsEmpty, parts, "The parts are empty.");
                break;
            case JsonTokenType.StartArray:
                for (int part = tree.First(parts); part != RowTree.None; part = tree.Next(part))
                {
                    CheckPart(row, part);
                }

                break;
            case JsonTokenType.StartObject:
                row.Report(RequestRules.PartsNotArray, parts, "The parts are an object.");
                CheckPart(row, parts);
                break;
            case var kind:
                row.Report(RequestRules.FieldKind, parts, $"The parts are {RowCheck.Word(kind)} and have to be a list.");
                break;
        }
    }

    private static void CheckRole(RowCheck row, int content, bool isFirst, bool several)
    {
        RowTree tree = row.Tree;
        int role = tree.Find(content, "role");
        if (!tree.Has(role))
        {
            if (several)
            {
                row.Report(RequestRules.RoleMissing, content, "The turn does not say whose it is.");
            }

            return;
        }

        string? name = tree.IsText(role) ? tree.Text(role) : null;
        if (name is not ("user" or "model" or "function"))
        {
            row.Report(RequestRules.RoleUnknown, role, "The role is neither user nor model.");
        }
        else if (isFirst && name == "model")
        {
            row.Report(RequestRules.RoleFirst, role, "The first turn is the model's.");
        }
    }

    private static void CheckPart(RowCheck row, int part)
    {
        RowTree tree = row.Tree;
        if (!tree.IsObject(part))
        {
            row.Report(RequestRules.PartNotObject, part, $"A part is {RowCheck.Word(tree.Kind(part))}.");
            return;
        }

        int payloads = 0;
        for (int member = tree.First(part); member != RowTree.None; member = tree.Next(member))
        {
            string name = tree.CamelName(member);
            if (Payloads.Contains(name, StringComparer.Ordinal))
            {
                payloads += tree.Has(member) ? 1 : 0;
            }
            else if (!SideFields.Contains(name, StringComparer.Ordinal))
            {
                row.Report(RequestRules.FieldUnknown, member, $"{tree.Quoted(member)} is no member of a part.");
            }
        }

        if (payloads == 0)
        {
            row.Report(RequestRules.PartEmpty, part, "The part says nothing.");
        }
        else if (payloads > 1)
        {
            row.Report(RequestRules.PartAmbiguous, part, "The part is several things at once.");
        }

        int text = tree.Find(part, "text");
        if (tree.Has(text) && row.Is(text, JsonTokenType.String, "The text of a part") && tree.Raw(text)[1..^1].Trim(" \t"u8).IsEmpty)
        {
            row.Report(RequestRules.TextBlank, text, "The text is empty.");
        }

        FileChecks.CheckFile(row, tree.Find(part, "fileData"));
        CheckInlineData(row, tree.Find(part, "inlineData"));
    }

    private static void CheckInlineData(RowCheck row, int inline)
    {
        RowTree tree = row.Tree;
        if (!tree.Has(inline) || !row.Is(inline, JsonTokenType.StartObject, "'inlineData'"))
        {
            return;
        }

        row.HasInlineData = true;
        int data = tree.Find(inline, "data");
        if (!tree.IsText(data) || !tree.IsText(tree.Find(inline, "mimeType")))
        {
            row.Report(RequestRules.InlineDataMissing, inline, "The inline data lacks its media type or its bytes.");
        }
        else if (tree.Size(data) > LargeInlineData)
        {
            row.Report(RequestRules.InlineDataLarge, data, $"The row carries {tree.Size(data)} bytes of a file.");
        }
    }
}
