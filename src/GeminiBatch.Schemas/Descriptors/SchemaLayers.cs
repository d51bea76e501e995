using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// All that is said of one value: by the schema at its place, by what it refers to, and by the one shape beside null that it allows. What
/// any of them says holds; the outermost description is the one that was written for this place.
/// </summary>
internal sealed class SchemaLayers
{
    private readonly List<JsonElement> _layers = [];

    public void Add(JsonElement schema) => _layers.Add(schema);

    public string? Description => First(static layer => SchemaFacts.Text(layer, "description"));

    public string? Default => First(static layer => layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("default", out var value) ? value.GetRawText() : null);

    /// <summary>Whether a layer says of the values what only a field or an item can carry.</summary>
    public bool HasConstraints(SchemaKind kind) => Field("", -1, kind, null).HasConstraints;

    /// <summary>The field of a value, with everything that the layers say of it.</summary>
    public SchemaField Field(string name, int type, SchemaKind kind, Action<FieldDraft>? complete)
    {
        var (least, most) = kind switch
        {
            SchemaKind.Array => ("minItems", "maxItems"),
            SchemaKind.Map => ("minProperties", "maxProperties"),
            _ => ("minLength", "maxLength"),
        };
        var (minimum, minimumIsExclusive) = Bound("minimum", "exclusiveMinimum", isLower: true);
        var (maximum, maximumIsExclusive) = Bound("maximum", "exclusiveMaximum", isLower: false);
        var draft = new FieldDraft();
        complete?.Invoke(draft);
        return new SchemaField(name, type)
        {
            Nullable = draft.IsNullable,
            Presence = draft.Presence,
            Recursive = draft.IsRecursive,
            Description = Description,
            DefaultJson = Default,
            Minimum = minimum,
            MinimumIsExclusive = minimumIsExclusive,
            Maximum = maximum,
            MaximumIsExclusive = maximumIsExclusive,
            MinLength = Counts(least).Max(),
            MaxLength = Counts(most).Min(),
            Pattern = kind is SchemaKind.Object or SchemaKind.Enum ? null : First(static layer => SchemaFacts.Text(layer, "pattern")),
            TextForm = kind == SchemaKind.String && First(static layer => SchemaFacts.Text(layer, "format")) == "email" ? SchemaTextForm.EmailAddress : SchemaTextForm.Any,
            MultipleOf = First(static layer => SchemaFacts.Number(layer, "multipleOf")),
            AllowedValues = kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Boolean ? Values() : [],
        };
    }

    private List<string> Values() => [.. _layers.Select(SchemaFacts.EnumOf).FirstOrDefault(static values => values is not null)
        ?.Where(static value => value.ValueKind != JsonValueKind.Null).Select(static value => value.GetRawText()) ?? []];

    private string? First(Func<JsonElement, string?> read) => _layers.Select(read).FirstOrDefault(static text => text is not null);

    private IEnumerable<int?> Counts(string keyword) => _layers.Select(layer => SchemaFacts.Count(layer, keyword));

    /// <summary>The narrowest of the layers' bounds.</summary>
    private (string? Bound, bool IsExclusive) Bound(string inclusive, string exclusive, bool isLower)
    {
        var bounds = _layers.Select(layer => SchemaFacts.Bound(layer, inclusive, exclusive)).Where(static bound => bound.Bound is not null);
        var ordered = bounds.OrderBy(static bound => SchemaFacts.ToDouble(bound.Bound!)).ThenBy(bound => bound.IsExclusive == isLower).ToList();
        return ordered.Count == 0 ? (null, false) : isLower ? ordered[^1] : ordered[0];
    }

    /// <summary>What the place of a field decides, and not the schema of its value.</summary>
    internal sealed class FieldDraft
    {
        public bool IsNullable { get; set; }

        public bool IsRecursive { get; set; }

        public SchemaPresence Presence { get; set; }
    }
}
