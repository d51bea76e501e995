using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Answers by rule: fills the request's schema from the document's text. This is no model, and does not pretend to be one.</summary>
internal static class RuleAnswer
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Answer(JsonObject request, IReadOnlyList<(string Text, bool IsFile)> texts)
    {
        var written = texts.Where(text => !text.IsFile).Select(text => text.Text).ToList();
        var files = texts.Where(text => text.IsFile).Select(text => text.Text).ToList();
        var schema = FindSchema(request, written);
        // With files, the first written text is the task and what follows belongs to the document.
        var document = files.Count > 0 ? string.Join("\n", files.Concat(written.Skip(1))) : ChooseDocument(written);
        if (request.Find("generationConfig").FindText("responseMimeType") == "text/x.enum")
        {
            return schema is null ? "" : EnumChooser.Choose(schema, null, document)?.ToString() ?? "";
        }

        if (schema is not null)
        {
            return Write(SchemaFiller.Fill(schema, document));
        }

        return request.Find("generationConfig").FindText("responseMimeType") == "application/json"
            ? Write(new JsonObject { ["text"] = Excerpt(document) })
            : "This is an emulator, not a model. The text it was given begins: " + Excerpt(document);
    }

    public static AnswerSchema? FindSchema(JsonObject request, List<string> texts)
    {
        var settings = request.Find("generationConfig");
        if ((settings.Find("responseSchema") ?? settings.Find("responseJsonSchema") ?? settings.Find("_responseJsonSchema")) is { } schema)
        {
            return AnswerSchemaReader.Read(schema);
        }

        var instructions = request.Find("systemInstruction").Find("parts").Items().Select(part => part.FindText("text") ?? "");
        return instructions.Concat(texts.Count > 1 ? texts.Take(texts.Count - 1) : texts).Select(PromptSchemaReader.Find).FirstOrDefault(found => found is not null);
    }

    /// <summary>The document is the last text that is not a question's tail: the longest of those after the task.</summary>
    private static string ChooseDocument(List<string> texts)
    {
        if (texts.Count <= 1)
        {
            return texts.Count == 0 ? "" : texts[0];
        }

        // The task comes first; what follows is the document, in one text or several.
        var rest = texts.Skip(1).ToList();
        var longest = rest.Max(text => text.Length);
        return longest * 4 < texts[0].Length && PromptSchemaReader.Find(texts[0]) is null ? texts[0] : string.Join("\n", rest);
    }

    private static string Excerpt(string text) => text.Length <= 200 ? text : text[..200];

    public static string Write(JsonNode? node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
