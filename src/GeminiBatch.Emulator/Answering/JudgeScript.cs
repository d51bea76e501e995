using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Answers requests for a score by script: those whose schema has a number called score, or that want JSON and speak of one.</summary>
internal sealed class JudgeScript(IReadOnlyList<EmulatedScore> scores)
{
    private const string Score = "score";

    public string? Answer(JsonObject request, string key, IReadOnlyList<(string Text, bool IsFile)> texts)
    {
        if (scores.FirstOrDefault(score => FileSystemName.MatchesSimpleExpression(score.KeyPattern, key, ignoreCase: false)) is not { } scripted)
        {
            return null;
        }

        var schema = RuleAnswer.FindSchema(request, [.. texts.Where(static text => !text.IsFile).Select(static text => text.Text)]);
        if (schema is null)
        {
            return request.Find("generationConfig").FindText("responseMimeType") == "application/json" && texts.Any(static text => text.Text.Contains(Score, StringComparison.OrdinalIgnoreCase))
                ? RuleAnswer.Write(new JsonObject { [Score] = scripted.Score, ["reason"] = scripted.Reason })
                : null;
        }

        if (!schema.Properties.Any(static field => field.Name == Score && field.Schema.IsNumber))
        {
            return null;
        }

        var answer = new JsonObject();
        foreach (var (name, field) in schema.Properties)
        {
            answer[name] = name == Score ? scripted.Score
                : field.Type == "string" && field.Values.Count == 0 ? scripted.Reason
                : SchemaFiller.Fill(field, "");
        }

        return RuleAnswer.Write(answer);
    }
}
