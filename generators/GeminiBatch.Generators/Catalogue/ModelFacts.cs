namespace GeminiBatch.Generators;

/// <summary>What is known of one model while compiling: the analyzers' view of it, and that of the constants.</summary>
internal sealed class ModelFacts
{
    private readonly Dictionary<string, object?> _json;

    public ModelFacts(Dictionary<string, object?> json) => _json = json;

    public static IReadOnlyList<ModelFacts> All(Dictionary<string, object?> catalogue) =>
        Member(catalogue, "models") is List<object?> models ? [.. models.OfType<Dictionary<string, object?>>().Select(static model => new ModelFacts(model))] : [];

    public string Id => Text(_json, "id") ?? "";

    /// <summary>The constant of <c>GeminiModels</c>, or null.</summary>
    public string? Constant => Text(_json, "constant");

    /// <summary>What the model gives: text, image and the like.</summary>
    public string? Kind => Text(_json, "kind");

    public string? Status => Text(_json, "status");

    public string? Successor => Text(_json, "successor");

    public bool IsRetired => Status == "retired";

    /// <summary>The day of retirement as yyyy-MM-dd, or null.</summary>
    public string? Retired => Text(_json, "retired");

    /// <summary>The day from which it is to be retired as yyyy-MM-dd, or null.</summary>
    public string? Retires => Text(_json, "retires");

    /// <summary>Null where the catalogue does not say.</summary>
    public bool? StructuredOutputWithTools => Member(_json, "structuredOutputWithTools") as bool?;

    /// <summary>The levels that it takes; null where the catalogue says nothing of thinking, empty where it is controlled by budget.</summary>
    public IReadOnlyList<string>? ThinkingLevels => Member(_json, "thinking") is Dictionary<string, object?> thinking ? Texts(thinking, "levels") : null;

    public IReadOnlyList<string> Ignored => Member(_json, "sampling") is Dictionary<string, object?> sampling ? Texts(sampling, "ignored") : [];

    public IReadOnlyList<string> Refused => Member(_json, "sampling") is Dictionary<string, object?> sampling ? Texts(sampling, "refused") : [];

    /// <summary>Why a budget of thinking tokens is refused; null when it is not.</summary>
    public string? RefusesBudget(int budget)
    {
        if (Member(_json, "thinking") is not Dictionary<string, object?> thinking || Text(thinking, "control") != "budget")
        {
            return null;
        }

        return budget switch
        {
            -1 => Member(thinking, "automatic") is true ? null : "It cannot choose the budget itself.",
            0 => Member(thinking, "canBeOff") is true ? null : "Its thinking cannot be turned off.",
            _ => Member(thinking, "minimum") is double minimum && Member(thinking, "maximum") is double maximum && (budget < minimum || budget > maximum)
                ? FormattableString.Invariant($"It takes {minimum} to {maximum} tokens.") : null,
        };
    }

    internal static object? Member(Dictionary<string, object?> json, string name) => json.TryGetValue(name, out var value) ? value : null;

    internal static string? Text(Dictionary<string, object?> json, string name) => Member(json, name) as string;

    private static List<string> Texts(Dictionary<string, object?> json, string name) => Member(json, name) is List<object?> items ? [.. items.OfType<string>()] : [];
}
