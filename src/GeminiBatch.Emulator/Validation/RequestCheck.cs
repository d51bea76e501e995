using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Faults that need the model, and so show as row errors instead of at create (protocol: 2.4).</summary>
internal sealed class RequestCheck(ModelCatalogue catalogue, MediaReader media)
{
    public (int Code, string Message)? FindFault(JsonObject request, Asked asked)
    {
        var facts = catalogue.Models.FirstOrDefault(candidate => candidate.Id == asked.Model);
        var settings = request.Find("generationConfig");
        if (!request.Find("contents").Items().Any())
        {
            return (3, "* GenerateContentRequest.contents: contents is not specified");
        }

        if (request.Find("contents").Items().Any(content => content.FindText("role") is not (null or "" or "user" or "model" or "function" or "tool")))
        {
            return (3, "Please use a valid role: user, model.");
        }

        if (settings.Find("responseSchema") is not null && (settings.Find("responseJsonSchema") ?? settings.Find("_responseJsonSchema")) is not null)
        {
            return (3, "Only one of response_schema and response_json_schema may be set.");
        }

        var json = settings.FindText("responseMimeType") == "application/json";
        if (!json && settings.FindText("responseMimeType") != "text/x.enum" && (settings.Find("responseSchema") ?? settings.Find("responseJsonSchema")) is not null)
        {
            return (3, "Response schema requires response_mime_type to be application/json or text/x.enum.");
        }

        if (json && request.Find("tools").Items().Any() && facts is { StructuredOutputWithTools: false })
        {
            return request.Find("tools").Items().Any(tool => tool.Find("functionDeclarations") is not null)
                ? (3, "Function calling with a response mime type: 'application/json' is unsupported")
                : (3, "Tool use with a response mime type: 'application/json' is unsupported");
        }

        var thinking = settings.Find("thinkingConfig");
        var level = thinking.FindText("thinkingLevel")?.ToUpperInvariant();
        if (level is not null && thinking.Find("thinkingBudget") is not null)
        {
            return (3, "Only one of thinking_level and thinking_budget may be set.");
        }

        if (level is not (null or "THINKING_LEVEL_UNSPECIFIED") && facts?.ThinkingLevels is { } levels && !levels.Contains(level, StringComparer.Ordinal))
        {
            return levels.Count == 0
                ? (3, "Thinking level is not supported for this model.")
                : (3, $"Thinking level {level} is not supported for this model. Please retry with other thinking level.");
        }

        return request.Find("contents").Items()
            .SelectMany(content => content.Find("parts").Items())
            .Select(part => media.FindFault(part, asked))
            .FirstOrDefault(fault => fault is not null);
    }
}
