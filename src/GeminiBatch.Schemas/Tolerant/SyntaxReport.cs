namespace GeminiBatch;

/// <summary>Puts what the syntax machine mended into words and paths.</summary>
internal static class SyntaxReport
{
    /// <summary>Marks a repair that left out something that may have been data.</summary>
    public const string LostValue = "value";

    private const int UsualDepth = 8;

    private static string Within(string rootPath, string path) => rootPath.Length == 1 ? path : string.Concat(rootPath, path.AsSpan(1));

    /// <summary>Adds a range of a tree's repairs, with paths that start where the tree's root stands.</summary>
    public static void Add(ReadingReport report, AnswerTree tree, ReadOnlySpan<byte> source, string rootPath, int from, int to, int root, bool losesData)
    {
        int known = -1;
        string path = ValuePath.Root;
        foreach (ref readonly SyntaxRepair repair in tree.Repairs[from..to])
        {
            path = repair.Node == known ? path : PathOf(tree, source, repair.Node, root);
            known = repair.Node;
            if (repair is { Kind: AnswerRepairKind.ProseRemoved, Note: LostValue } && losesData)
            {
                report.ErrorAt(Within(rootPath, path), AnswerErrorKind.InvalidSyntax, $"A value without a name stands at byte {repair.Start}; it belongs to no field.");
            }

            report.Repair(repair.Kind, Within(rootPath, path), repair.Start, repair.Start + repair.Length, Message(repair));
        }
    }

    /// <summary>The path of a node below a root; what lies outside of it is the root.</summary>
    public static string PathOf(AnswerTree tree, ReadOnlySpan<byte> source, int node, int root)
    {
        if (node < 0 || node == root || tree[node].Parent < 0)
        {
            return ValuePath.Root;
        }

        int length = 0;
        for (int step = node; step != root; step = tree[step].Parent)
        {
            if (step < 0 || ++length > TolerantReader.DeepestAllowed + 2)
            {
                return ValuePath.Root;
            }
        }

        Span<int> chain = length <= UsualDepth ? stackalloc int[UsualDepth] : new int[length];
        for (int i = 0; i < length; i++, node = tree[node].Parent)
        {
            chain[i] = node;
        }

        var path = new PathText(stackalloc char[PathText.Usual]);
        while (length > 0)
        {
            int step = chain[--length];
            if (tree[tree[step].Parent].Kind == NodeKind.Object)
            {
                path.Member(tree.Name(step, source));
            }
            else
            {
                path.Item(tree[step].Ordinal);
            }
        }

        return path.ToString();
    }

    private static string Message(in SyntaxRepair repair) => (repair.Kind, repair.Note) switch
    {
        (AnswerRepairKind.TrailingComma, _) => "A comma without a value was dropped.",
        (AnswerRepairKind.MissingComma, _) => "A missing comma was added.",
        (AnswerRepairKind.MissingColon, _) => "A missing colon was added.",
        (AnswerRepairKind.SingleQuotes, _) => "Other quotation marks were read as double quotes.",
        (AnswerRepairKind.UnquotedName, _) => "A name without quotes was read.",
        (AnswerRepairKind.UnquotedValue, _) => "Text without quotes was read.",
        (AnswerRepairKind.Comment, _) => "A comment was dropped.",
        (AnswerRepairKind.ClosedBracket, { } bracket) => $"A missing \"{bracket}\" was added.",
        (AnswerRepairKind.StrayBracket, _) => "A stray character between values was dropped.",
        (AnswerRepairKind.EarlyClosedObject, _) => "A bracket that closed its object or list too early was dropped, and what follows was taken in.",
        (AnswerRepairKind.StringMended, { } what) => $"A string was mended: {what}.",
        (AnswerRepairKind.LiteralMended, { } what) => $"Something that is no JSON value was read as one: {what}.",
        (AnswerRepairKind.LiteralMended, _) => "A literal was read as its JSON form.",
        (AnswerRepairKind.ProseRemoved, _) => "Text between members or items was dropped.",
        (AnswerRepairKind.FenceRemoved, _) => "A code fence was removed.",
        (AnswerRepairKind.EncodingMended, _) => "White space that JSON does not know was dropped.",
        _ => "The text was mended.",
    };
}
