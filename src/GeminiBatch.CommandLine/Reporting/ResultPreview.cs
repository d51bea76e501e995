using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>The first results as a table: as many of the schema's top-level scalars as the width has room for, required ones first.</summary>
internal static class ResultPreview
{
    public static void Write(AppConsole console, SchemaDescriptor schema, ResultFiles files)
    {
        if (files.Preview.Count == 0)
        {
            return;
        }

        var fields = FlatField.Of(schema).Where(static field => field is { IsJson: false, IsPresence: false, Path.Count: <= 1 }).ToList();
        var required = schema.Root.Fields.Where(static field => !field.Nullable && field.Presence == SchemaPresence.Required).Select(static field => field.JsonName).ToHashSet(StringComparer.Ordinal);
        var table = new TextTable();
        table.AddColumn("document");
        for (var index = 0; index < fields.Count; index++)
        {
            var optional = !required.Contains(fields[index].Name);
            table.AddColumn(fields[index].Name, fields[index].IsNumber, 1 + index + (optional ? fields.Count : 0), optional);
        }

        foreach (var line in files.Preview)
        {
            var id = line.GetProperty("id").GetString()!;
            if (line.TryGetProperty("failure", out var failure))
            {
                table.AddRemark(id, $"failed: {failure.GetProperty("reason").GetString()}", "red");
            }
            else
            {
                table.AddRow([id, .. fields.Select(field => Show(field, line.GetProperty("value")))]);
            }
        }

        RunReport.WriteTable(console, table);
        if (files.Count > files.Preview.Count)
        {
            console.Markup($"[dim]and {Figures.Count(files.Count - files.Preview.Count)} more in the files below[/]");
        }
    }

    private static string Show(FlatField field, JsonElement line)
    {
        var value = field.In(line);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number when field.Kind == SchemaKind.Decimal && value.TryGetDecimal(out var number) => number.ToString("#,0.00##########", CultureInfo.InvariantCulture),
            _ => value.GetRawText(),
        };
    }
}
