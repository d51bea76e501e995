using System.Text.Json;

namespace GeminiBatch;

/// <summary>What the checks of one row share: the row, what it is checked for, and where findings go.</summary>
internal sealed class RowCheck(RowTree tree, RequestValidationOptions options, GeminiCatalogue catalogue, Action<RequestRule, int, string> report)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    internal RowTree Tree => tree;

    internal RequestValidationOptions Options => options;

    internal GeminiCatalogue Catalogue => catalogue;

    internal bool IsVertex => options.Backend == "vertex";

    /// <summary>The model that runs the row, if it is known to be asked for.</summary>
    internal string? ModelName { get; set; }

    /// <summary>What the catalogue says of the model; null when that is nothing.</summary>
    internal GeminiModelFacts? Model => ModelName is null ? null : catalogue.Find(ModelName);

    internal bool IsEmbedding { get; set; }

    internal bool HasInlineData { get; set; }

    internal void Report(RequestRule rule, int node, string message) => report(rule, tree.Column(node), message);

    /// <summary>Reports what is wrong with the model: in each row that names it, and once for a file whose rows do not.</summary>
    internal void ReportModel(RequestRule rule, int node, string message)
    {
        if (node != RowTree.None || _told.Add(rule.Id))
        {
            Report(rule, node, message);
        }
    }

    /// <summary>Whether a member is of a kind; reports it otherwise. Null is as good as absent.</summary>
    internal bool Is(int node, JsonTokenType kind, string? place = null)
    {
        JsonTokenType found = tree.Kind(node);
        if (!tree.Has(node) || found == kind || (kind == JsonTokenType.True && found == JsonTokenType.False))
        {
            return found == kind || found == JsonTokenType.False;
        }

        if (kind == JsonTokenType.Number && found == JsonTokenType.String && double.TryParse(tree.Text(node), System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        Report(RequestRules.FieldKind, node, $"{place ?? tree.Quoted(node)} is {Word(found)} and has to be {Word(kind)}.");
        return false;
    }

    internal void IsOneOf(int node, string[] values)
    {
        if (tree.IsText(node) && tree.Text(node) is { } text && !values.Contains(text, StringComparer.Ordinal))
        {
            Report(RequestRules.EnumUnknown, node, $"{tree.Quoted(node)} has a value that is none of {string.Join(", ", values)}.");
        }
    }

    internal static string Word(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
