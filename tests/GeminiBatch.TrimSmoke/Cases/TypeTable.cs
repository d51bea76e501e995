using System.Text;
using System.Text.Json;

namespace GeminiBatch.TypeCases;

/// <summary>What each backend makes of every shape, as a Markdown table.</summary>
internal static class TypeTable
{
    public static string Markdown()
    {
        var table = new StringBuilder("| C# | responseSchema | responseJsonSchema | prompt |\n|---|---|---|---|\n");
        foreach (var shape in Cases.All)
        {
            table.Append("| ").AppendJoin(" | ", Code(shape.CSharp), Code(Native(shape)), Code(JsonSchema(shape)), Code(Prompt(shape))).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Native(TypeCase shape) => Member(shape, shape.Schema.ResponseSchema);

    private static string JsonSchema(TypeCase shape) => Member(shape, shape.Schema.ResponseJsonSchema);

    private static string Member(TypeCase shape, ReadOnlyMemory<byte> schema)
    {
        using var document = JsonDocument.Parse(schema);
        return (shape.IsRoot ? document.RootElement : document.RootElement.GetProperty("properties").GetProperty("value")).GetRawText();
    }

    /// <summary>The type in the prompt's notation, without the sentence before it and the words of explanation after it.</summary>
    private static string Prompt(TypeCase shape)
    {
        var lines = shape.Schema.PromptInstructions.Split('\n').Skip(1).Select(static line => line.Trim()).ToList();
        var text = string.Join(" ", lines);
        if (shape.IsRoot)
        {
            return text;
        }

        var start = lines.FindIndex(static line => line.StartsWith("value", StringComparison.Ordinal));
        var member = string.Join(" ", lines.Skip(start).TakeWhile((line, index) => index == 0 || lines[start].EndsWith('{')));
        var end = member.LastIndexOf(" }", StringComparison.Ordinal);
        member = lines[start].EndsWith('{') && end > 0 ? member[..end] : member;
        return member[(member.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
