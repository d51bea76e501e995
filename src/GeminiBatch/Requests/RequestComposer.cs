using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>From a recipe and a neutral row to the request that is sent. Upload addresses, which are ephemeral, appear only here.</summary>
/// <remarks>
/// Media parts come first. The constant text (task and schema) precedes the document, so that implicit caching applies to it.
/// </remarks>
internal sealed class RequestComposer
{
    private const string JsonMediaType = "application/json";
    private readonly Recipe _recipe;
    private readonly SchemaRendering _schema;
    private readonly GeminiPart _task;
    private readonly GeminiContent? _systemInstruction;
    private readonly ConcurrentDictionary<(int?, GeminiThinking?), GenerationSettings> _settings = new();

    public RequestComposer(Recipe recipe, SchemaRendering schema)
    {
        _recipe = recipe;
        _schema = schema;
        _task = GeminiPart.Text(TaskText(recipe, schema));
        _systemInstruction = recipe.SystemInstruction is { Length: > 0 } instruction ? new GeminiContent([GeminiPart.Text(instruction)], Role: null) : null;
    }

    /// <param name="row">The row.</param>
    /// <param name="uriOf">The address under which the backend has an item of the content store.</param>
    /// <param name="again">What is asked differently when the row is sent again.</param>
    public GeminiRequest Compose(SpoolRow row, Func<SpoolPart.Content, string> uriOf, RepeatedRequest again = default)
    {
        var parts = new List<GeminiPart>(row.Parts.Count + 2);
        foreach (var part in row.Parts)
        {
            switch (part)
            {
                case SpoolPart.Content content:
                    parts.Add(GeminiPart.FromUri(uriOf(content), content.MimeType));
                    break;
                case SpoolPart.Inline inline:
                    parts.Add(GeminiPart.Inline(inline.Bytes, inline.MimeType));
                    break;
                case SpoolPart.Uri uri:
                    parts.Add(GeminiPart.FromUri(uri.Address, uri.MimeType));
                    break;
            }
        }

        parts.Add(_task);
        if (row.MetadataJson is { } metadata)
        {
            parts.Add(GeminiPart.Text("What is known of the document:\n" + metadata));
        }

        foreach (var part in row.Parts)
        {
            if (part is SpoolPart.Text text)
            {
                parts.Add(GeminiPart.Text(Encoding.UTF8.GetString(text.Utf8.Span)));
            }
        }

        if (again.Feedback is { } feedback)
        {
            // Before the document's text, which stays last.
            parts.Insert(parts.IndexOf(_task) + 1, GeminiPart.Text(feedback));
        }

        return new()
        {
            Contents = [new GeminiContent(parts)],
            SystemInstruction = _systemInstruction,
            Settings = SettingsFor(again.OutputBudget, again.Thinking),
            Safety = _recipe.Safety,
            Tools = _recipe.Tools,
        };
    }

    private static string TaskText(Recipe recipe, SchemaRendering schema)
    {
        var instructions = recipe.Placement == SchemaPlacement.Native ? schema.NativeInstructions : schema.PromptInstructions;
        return instructions.Length == 0 ? recipe.Prompt : string.Create(CultureInfo.InvariantCulture, $"{recipe.Prompt}\n\n{instructions}");
    }

    private GenerationSettings SettingsFor(int? outputBudget, GeminiThinking? thinking)
    {
        if (_settings.TryGetValue((outputBudget, thinking), out var settings))
        {
            return settings;
        }

        settings = _recipe.Settings ?? new GenerationSettings();
        if (_recipe.Placement != SchemaPlacement.Prompt)
        {
            settings = settings with { ResponseMimeType = _schema.ResponseMimeType, ResponseSchema = _schema.ResponseSchema };
        }
        else if (_recipe.Tools.Count == 0)
        {
            settings = settings with { ResponseMimeType = JsonMediaType };
        }

        if (outputBudget is { } budget)
        {
            settings = settings with { MaxOutputTokens = budget };
        }

        if (thinking is not null)
        {
            settings = settings with { Thinking = thinking };
        }

        _settings[(outputBudget, thinking)] = settings;
        return settings;
    }
}
