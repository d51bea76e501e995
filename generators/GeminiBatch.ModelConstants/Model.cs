namespace GeminiBatch.Generators;

/// <summary>What a constant says of its model.</summary>
internal sealed class Model
{
    private readonly Dictionary<string, object?> _json;

    private Model(Dictionary<string, object?> json) => _json = json;

    public string Id => Required("id");

    public string Constant => Required("constant");

    public string? Successor => Text("successor");

    public bool IsRetired => Required("status") == "retired";

    /// <summary>What the model gives, in words.</summary>
    public string Kind => Required("kind") switch
    {
        "image" => "image output",
        "speech" => "speech output",
        "embedding" => "embeddings",
        var kind => kind,
    };

    /// <summary>Where in its life the model is, in words.</summary>
    public string Standing => Required("status") + (Text("retired") is { } day ? " on " + day : Text("retires") is { } end ? ", retires on " + end : "");

    public static IReadOnlyList<Model> All(string catalogue) =>
        JsonText.Read(catalogue) is Dictionary<string, object?> members && members.TryGetValue("models", out var models) && models is List<object?> items
            ? [.. items.OfType<Dictionary<string, object?>>().Select(static item => new Model(item))]
            : throw new FormatException("The catalogue has no models.");

    private string Required(string name) => Text(name) ?? throw new FormatException($"A model of the catalogue has no \"{name}\".");

    private string? Text(string name) => _json.TryGetValue(name, out var value) ? value as string : null;
}
