using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks what stands in a row beside the request (protocol: 2.1, 3.5).</summary>
internal static class MemberChecks
{
    private static readonly string[] Reserved = ["response", "status", "processed_time"];

    internal static void Check(RowCheck row, ColumnTypes columns)
    {
        RowTree tree = row.Tree;
        for (int member = tree.First(0); member != RowTree.None; member = tree.Next(member))
        {
            string name = tree.Name(member);
            if (name is "request" or "key")
            {
                continue;
            }

            if (name == "config")
            {
                row.Report(RequestRules.ConfigBesideRequest, member, "The row has a 'config' beside its request.");
                continue;
            }

            if (!row.IsVertex)
            {
                row.Report(RequestRules.RowMemberUnknown, member, $"{tree.Quoted(member)} is no member of a row.");
                continue;
            }

            CheckColumn(row, columns, member, name);
        }
    }

    /// <summary>Whether a row on Vertex AI has some flat column that comes back and by which it could be told.</summary>
    internal static bool HasColumn(RowTree tree)
    {
        for (int member = tree.First(0); member != RowTree.None; member = tree.Next(member))
        {
            if (tree.Name(member) != "request" && tree.Kind(member) is JsonTokenType.String or JsonTokenType.Number)
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckColumn(RowCheck row, ColumnTypes columns, int member, string name)
    {
        RowTree tree = row.Tree;
        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            row.Report(RequestRules.ColumnReserved, member, $"The results have a column {tree.Quoted(member)} of their own.");
        }
        else if (!IsLegal(name))
        {
            row.Report(RequestRules.ColumnName, member, $"{tree.Quoted(member)} is no name of a column.");
        }

        switch (tree.Kind(member))
        {
            case JsonTokenType.StartObject:
                row.Report(RequestRules.ColumnNested, member, $"The column {tree.Quoted(member)} holds an object.");
                break;
            case JsonTokenType.StartArray:
                row.Report(RequestRules.ColumnArray, member, $"The column {tree.Quoted(member)} holds a list.");
                break;
            case JsonTokenType.Null:
                break;
            case var kind when columns.Differs(name, kind) is { } earlier:
                row.Report(RequestRules.ColumnTypesMixed, member, $"The column {tree.Quoted(member)} holds {RowCheck.Word(kind)}, and {RowCheck.Word(earlier)} in an earlier row.");
                break;
        }
    }

    private static bool IsLegal(string name) =>
        name.Length is > 0 and <= ColumnTypes.MaxName && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
