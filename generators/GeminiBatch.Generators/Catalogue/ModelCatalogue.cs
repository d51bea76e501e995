namespace GeminiBatch.Generators;

/// <summary>The catalogue that the client ships, read for what can be said while typing; a project's additional files lay changes over it.</summary>
internal sealed class ModelCatalogue
{
    /// <summary>The end of the names of additional files that hold changes, of the same form as <c>GeminiCatalogue.Load</c> takes.</summary>
    public const string FileSuffix = "gemini-catalogue.json";

    private static readonly Lazy<ModelCatalogue> s_shipped = new(static () => new((Dictionary<string, object?>)JsonText.Read(ReadShipped())!));

    private readonly Dictionary<string, object?> _document;
    private readonly Dictionary<string, ModelFacts> _byId;

    private ModelCatalogue(Dictionary<string, object?> document)
    {
        _document = document;
        Models = ModelFacts.All(document);
        _byId = Models.ToDictionary(static model => model.Id, StringComparer.Ordinal);
    }

    public static ModelCatalogue Shipped => s_shipped.Value;

    public IReadOnlyList<ModelFacts> Models { get; }

    /// <summary>The model that a request without one is for; null where the backends differ.</summary>
    public string? DefaultModel
    {
        get
        {
            var backends = ModelFacts.Member(_document, "backends") as Dictionary<string, object?> ?? [];
            var models = backends.Values.OfType<Dictionary<string, object?>>().Select(static backend => ModelFacts.Text(backend, "defaultModel")).Distinct().ToList();
            return models.Count == 1 ? models[0] : null;
        }
    }

    /// <summary>This catalogue with changes laid over it; it stays as it is.</summary>
    /// <exception cref="FormatException">The text is no catalogue of changes.</exception>
    public ModelCatalogue With(string changes)
    {
        if (JsonText.Read(changes) is not Dictionary<string, object?> members)
        {
            throw new FormatException("a JSON object is missing in line 1");
        }

        return new(Changed(_document, members));
    }

    /// <summary>Finds a model in any form of its name.</summary>
    public ModelFacts? Find(string name)
    {
        var id = name.Substring(name.LastIndexOf('/') + 1).Trim();
        var version = id.IndexOf('@');
        id = version < 0 ? id : id.Substring(0, version);
        if (_byId.TryGetValue(id, out var facts))
        {
            return facts;
        }

        var families = ModelFacts.Member(_document, "retiredFamilies") as List<object?> ?? [];
        var family = families.OfType<Dictionary<string, object?>>().FirstOrDefault(family => ModelFacts.Text(family, "prefix") is { } prefix && id.StartsWith(prefix, StringComparison.Ordinal));
        return family is null ? null : new ModelFacts(new(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["status"] = "retired",
            ["retired"] = ModelFacts.Text(family, "retired"),
            ["successor"] = ModelFacts.Text(family, "successor"),
        });
    }

    private static Dictionary<string, object?> Changed(Dictionary<string, object?> known, Dictionary<string, object?> changes)
    {
        var changed = new Dictionary<string, object?>(known, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            changed[change.Key] = (ModelFacts.Member(known, change.Key), change.Value) switch
            {
                (Dictionary<string, object?> members, Dictionary<string, object?> others) => Changed(members, others),
                (List<object?> models, List<object?> others) when change.Key == "models" => ChangedModels(models, others),
                _ => change.Value,
            };
        }

        return changed;
    }

    private static List<object?> ChangedModels(List<object?> known, List<object?> changes)
    {
        var changed = new List<object?>(known);
        foreach (var change in changes)
        {
            if (change is not Dictionary<string, object?> model || ModelFacts.Text(model, "id") is not { } id)
            {
                throw new FormatException("each model of a catalogue is an object with an \"id\", which one has not");
            }

            var index = changed.FindIndex(existing => existing is Dictionary<string, object?> other && ModelFacts.Text(other, "id") == id);
            if (index < 0)
            {
                changed.Add(model);
            }
            else
            {
                changed[index] = Changed((Dictionary<string, object?>)changed[index]!, model);
            }
        }

        return changed;
    }

    private static string ReadShipped()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
