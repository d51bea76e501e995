using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>What is asked of a document, in full: the run's recipe, or the run's with a document's overrides.</summary>
/// <remarks>Its canonical JSON is part of every key: a released form is never changed, only succeeded by a new version for new runs.</remarks>
internal sealed record Recipe
{
    public const int Version = 1;

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public string? SystemInstruction { get; init; }

    public GenerationSettings? Settings { get; init; }

    public IReadOnlyList<GeminiSafetySetting> Safety { get; init; } = [];

    public IReadOnlyList<GeminiTool> Tools { get; init; } = [];

    public SchemaPlacement Placement { get; init; }

    public bool IncludeMetadata { get; init; }

    /// <summary><see cref="ExtractionSchema.Fingerprint"/>: the schema as the model sees it.</summary>
    public required string Schema { get; init; }

    public static Recipe Of(ExtractionRequest request, ExtractionSchema schema, string defaultModel) => new()
    {
        Model = Bare(request.Model ?? defaultModel),
        Prompt = request.Prompt,
        SystemInstruction = request.SystemInstruction,
        Settings = Checked(request.Settings),
        Safety = request.Safety,
        Tools = request.Tools,
        Placement = request.Schema,
        IncludeMetadata = request.IncludeMetadataInPrompt,
        Schema = schema.Fingerprint,
    };

    public Recipe With(RecipeOverrides overrides) => this with
    {
        Model = overrides.Model is { } model ? Bare(model) : Model,
        Prompt = overrides.Prompt ?? Prompt,
        SystemInstruction = overrides.SystemInstruction ?? SystemInstruction,
        Settings = Checked(overrides.Settings) ?? Settings,
        Safety = overrides.Safety ?? Safety,
        Tools = overrides.Tools ?? Tools,
    };

    /// <summary>
    /// The recipe with what the catalogue says of its model: the schema in the prompt where the model refuses a response schema beside tools (protocol: 7, tools
    /// conflict), and thinking set, where nobody has set it, so that it does not use up the answer's tokens (protocol: 10, no. 17).
    /// </summary>
    public Recipe FittedTo(GeminiCatalogue catalogue)
    {
        var recipe = PlacedFor(catalogue);
        return Settings?.Thinking is null && catalogue.Find(Model)?.Thinking is { } thinking ? recipe.WithThinking(thinking.ForExtraction) : recipe;
    }

    /// <summary>The same beside another recipe of its run: where neither sets thinking and the model is one, what the other was given is taken over.</summary>
    public Recipe FittedTo(GeminiCatalogue catalogue, Recipe otherAsked, Recipe otherFitted) =>
        Model == otherFitted.Model && Settings?.Thinking is null && otherAsked.Settings?.Thinking is null
            ? PlacedFor(catalogue).WithThinking(otherFitted.Settings?.Thinking)
            : FittedTo(catalogue);

    public Recipe WithThinking(GeminiThinking? thinking) => this with { Settings = (Settings ?? new GenerationSettings()) with { Thinking = thinking } };

    private Recipe PlacedFor(GeminiCatalogue catalogue) =>
        Tools.Count > 0 && Placement != SchemaPlacement.Prompt && catalogue.Find(Model) is { StructuredOutputWithTools: false } ? this with { Placement = SchemaPlacement.Prompt } : this;

    public string ToCanonicalJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, Version);
            writer.WriteString("model"u8, Model);
            writer.WriteString("prompt"u8, Prompt);
            if (SystemInstruction is { } instruction)
            {
                writer.WriteString("systemInstruction"u8, instruction);
            }

            writer.WriteString("schema"u8, Schema);
            writer.WriteString("placement"u8, PlacementName(Placement));
            if (Settings is { IsEmpty: false } settings)
            {
                writer.WritePropertyName("settings"u8);
                settings.WriteTo(writer);
            }

            if (Safety.Count > 0)
            {
                writer.WritePropertyName("safety"u8);
                GeminiSafetySetting.WriteList(writer, Safety);
            }

            if (Tools.Count > 0)
            {
                writer.WritePropertyName("tools"u8);
                GeminiTool.WriteList(writer, Tools);
            }

            if (IncludeMetadata)
            {
                writer.WriteBoolean("metadata"u8, true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static byte[] FingerprintOf(string canonicalJson) => SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson));

    public static Recipe Parse(string canonicalJson)
    {
        using var document = JsonDocument.Parse(canonicalJson);
        var root = document.RootElement;
        return new()
        {
            Model = root.GetProperty("model"u8).GetString()!,
            Prompt = root.GetProperty("prompt"u8).GetString()!,
            SystemInstruction = root.TryGetProperty("systemInstruction"u8, out var instruction) ? instruction.GetString() : null,
            Schema = root.GetProperty("schema"u8).GetString()!,
            Placement = ParsePlacement(root.GetProperty("placement"u8).GetString()!),
            Settings = root.TryGetProperty("settings"u8, out var settings) ? GenerationSettings.FromJson(settings) : null,
            Safety = root.TryGetProperty("safety"u8, out var safety) ? GeminiSafetySetting.ReadList(safety) : [],
            Tools = root.TryGetProperty("tools"u8, out var tools) ? GeminiTool.ReadList(tools) : [],
            IncludeMetadata = root.TryGetProperty("metadata"u8, out var metadata) && metadata.GetBoolean(),
        };
    }

    private static string Bare(string model) => model.StartsWith("models/", StringComparison.Ordinal) ? model[7..] : model;

    private static string PlacementName(SchemaPlacement placement) => placement switch
    {
        SchemaPlacement.Native => "native",
        SchemaPlacement.Prompt => "prompt",
        SchemaPlacement.Both => "both",
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "Choose one of the named placements."),
    };

    private static SchemaPlacement ParsePlacement(string name) => name switch
    {
        "native" => SchemaPlacement.Native,
        "prompt" => SchemaPlacement.Prompt,
        "both" => SchemaPlacement.Both,
        _ => throw new FormatException($"The ledger has a recipe with the schema placement '{name}', which this version does not know. Update the program."),
    };

    private static GenerationSettings? Checked(GenerationSettings? settings)
    {
        if (settings is { ResponseSchema.IsEmpty: false } or { ResponseJsonSchema.IsEmpty: false } or { ResponseMimeType: not null })
        {
            throw new ArgumentException("Leave the response schema and its media type out of the settings: the library fills them in from the extraction schema.", nameof(settings));
        }

        return settings;
    }
}
