using System.Globalization;
using System.Text.Json;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>
/// All that is said of one value: by the schema at its place, by what it refers to, and by the one shape beside null that it allows. What
/// each of them says holds: bounds, enums and multiples are narrowed to what all allow, and what cannot be is a conflict. Only the
/// description and the default are the outermost ones, which were written for this place; and null, which any of them may allow, because
/// the OpenAPI subset keeps null out of enums.
/// </summary>
internal sealed class SchemaLayers
{
    private static readonly string[] s_counts = ["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"];
    private static readonly string[] s_lengths = ["minLength", "maxLength"];

    private readonly List<JsonElement> _layers = [];
    private readonly List<JsonElement> _options = [];

    /// <summary>The layers, and what cases of a union say of values of one kind.</summary>
    private IEnumerable<JsonElement> Rules => _layers.Concat(_options);

    public void Add(JsonElement schema) => _layers.Add(schema);

    /// <summary>The same layers beside rules of cases, each of which holds for the values of its kind.</summary>
    public SchemaLayers With(IEnumerable<SchemaLayers> options)
    {
        var both = new SchemaLayers();
        both._layers.AddRange(_layers);
        both._options.AddRange(options.SelectMany(static option => option._layers));
        return both;
    }

    public bool IsNullable => HasFlag("nullable");

    private string? Description => First(static layer => SchemaFacts.Text(layer, "description"));

    private string? Default => First(static layer => layer.TryGetProperty("default", out var value) ? value.GetRawText() : null);

    public bool HasFlag(string keyword) => _layers.Exists(layer => SchemaFacts.HasFlag(layer, keyword));

    public bool HasFormat(string format) => Rules.Any(layer => SchemaFacts.Text(layer, "format") == format);

    /// <summary>Whether types are named, and null is one of them wherever they are.</summary>
    public bool TypesHaveNull(string place)
    {
        var typed = _layers.FindAll(static layer => layer.TryGetProperty("type", out _));
        return typed.Count > 0 && typed.TrueForAll(layer => SchemaFacts.TypesOf(layer, place).IsNullable);
    }

    /// <summary>Whether a layer says of the values what only a field or an item can carry.</summary>
    public bool HasConstraints(SchemaKind kind) => Field("", -1, kind, null).HasConstraints;

    /// <summary>The types that all layers allow, none where no layer names any; null where they have none in common.</summary>
    public List<string>? Types(List<string> innermost, string place)
    {
        var common = innermost;
        foreach (var names in Named(place))
        {
            common = common.Count == 0 ? names
                : [.. common.Where(name => names.Contains(name) || (name == "integer" && names.Contains("number"))), .. common.Contains("number") && !names.Contains("number") ? names.Where(static name => name == "integer") : []];
            if (common.Count == 0)
            {
                return null;
            }
        }

        return [.. common.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The values that all layers allow; null where none has an enum.</summary>
    public List<JsonElement>? Values()
    {
        List<JsonElement>? common = null;
        foreach (var values in _layers.SelectMany(SchemaFacts.Enums))
        {
            common = common is null ? values : common.FindAll(value => values.Exists(other => JsonElement.DeepEquals(value, other)));
        }

        return common;
    }

    /// <summary>The texts of an enum that keep what else is said of them.</summary>
    public List<string> Allowed(List<JsonElement> texts)
    {
        var rule = FieldRule.Of(Field("", -1, SchemaKind.String, null));
        return [.. texts.Where(text => rule?.Broken(text) is null).Select(static text => text.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What the texts are by their format; null where the layers disagree.</summary>
    public SchemaKind? TextKind()
    {
        List<SchemaKind> kinds = [.. _layers.Select(SchemaFacts.KindOfFormat).Where(static kind => kind != SchemaKind.String).Distinct()];
        return kinds.Count > 1 || (kinds.Count == 1 && HasFormat("email")) ? null : kinds.FirstOrDefault(SchemaKind.String);
    }

    /// <summary>What two layers say that no one rule can; null where there is nothing.</summary>
    public string? Conflict() =>
        Expressions().Count > 1 ? "of several \"pattern\" only one can be kept; write one that says both"
        : Multiples().Count > 0 && Multiple() is null ? "its \"multipleOf\" have no common multiple that can be written"
        : null;

    /// <summary>What is said beside a choice of several shapes and cannot be checked on it; null where there is nothing.</summary>
    public string? ConflictBeside(List<SchemaKind> shapes, string place) =>
        Values() is not null ? "an enum beside several shapes cannot be checked; write it into the shape that it is of"
        : Named(place).Any(names => shapes.Exists(shape => !Allows(names, shape))) ? "its type is not that of each of its shapes; write it into them"
        : ConflictOfCounts(shapes) ?? Conflict();

    /// <summary>
    /// What is said of one case of a choice and cannot be checked on a value of which the case is not known; null where it is the only case
    /// that its kind of rule holds for.
    /// </summary>
    public string? ConflictInside(List<SchemaKind> kinds, int option)
    {
        var kind = kinds[option];
        var rules = Field("", -1, kind, null);
        var others = kinds.Where((_, index) => index != option).ToList();
        var hasRange = rules.Minimum is not null || rules.Maximum is not null || rules.MultipleOf is not null;
        var hasLength = rules.MinLength is not null || rules.MaxLength is not null;
        var hasText = hasLength || rules.Pattern is not null || rules.TextForm != SchemaTextForm.Any;
        return rules.AllowedValues.Count > 0
            || (hasRange && (!IsNumber(kind) || others.Exists(static other => IsNumber(other) || other == SchemaKind.Any)))
            || (hasText && (!IsText(kind) || others.Exists(static other => IsText(other) || other == SchemaKind.Any)))
            || (hasLength && others.Exists(IsContainer))
            ? "a constraint on one of several shapes cannot be checked where another has values of the same type"
            : null;
    }

    /// <summary>Why a count of what may be of several kinds cannot be checked; null where there is none.</summary>
    public string? ConflictOfCounts(List<SchemaKind> kinds)
    {
        var hasContainers = kinds.Exists(static kind => kind == SchemaKind.Any || IsContainer(kind));
        return s_counts.Concat(hasContainers ? s_lengths : []).FirstOrDefault(Has) is { } keyword
            ? $"\"{keyword}\" counts in values of one type, and this has not one; write it into a schema that has"
            : null;
    }

    /// <summary>Why the number of members of an object with known ones cannot be checked; null where it always holds.</summary>
    public string? ConflictOfCounts(JsonElement schema) =>
        Counts("minProperties").Max() > SchemaFacts.Required(schema).Count ? "\"minProperties\" of known members cannot be checked; say by \"required\" which must be there"
        : Counts("maxProperties").Min() < SchemaFacts.Properties(schema).Count ? "\"maxProperties\" of known members cannot be checked; leave out those that may not be there"
        : null;

    /// <summary>The field of a value, with everything that the layers say of it.</summary>
    public SchemaField Field(string name, int type, SchemaKind kind, Action<FieldDraft>? complete)
    {
        var (least, most) = kind switch
        {
            SchemaKind.Array => ("minItems", "maxItems"),
            SchemaKind.Map => ("minProperties", "maxProperties"),
            SchemaKind.Object or SchemaKind.Enum or SchemaKind.Boolean or SchemaKind.Integer or SchemaKind.Number => ("", ""),
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
            Pattern = kind is SchemaKind.Object or SchemaKind.Enum ? null : Expressions().FirstOrDefault(),
            TextForm = kind is SchemaKind.String or SchemaKind.Union && HasFormat("email") ? SchemaTextForm.EmailAddress : SchemaTextForm.Any,
            MultipleOf = Multiple(),
            AllowedValues = kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Boolean ? Literals() : [],
        };
    }

    private static bool Allows(List<string> names, SchemaKind kind) => kind switch
    {
        SchemaKind.Object or SchemaKind.Map => names.Contains("object"),
        SchemaKind.Array => names.Contains("array"),
        SchemaKind.Boolean => names.Contains("boolean"),
        SchemaKind.Integer => names.Contains("integer") || names.Contains("number"),
        SchemaKind.Number => names.Contains("number"),
        SchemaKind.Any => false,
        _ => names.Contains("string"),
    };

    private static bool IsNumber(SchemaKind kind) => kind is SchemaKind.Integer or SchemaKind.Number;

    private static bool IsContainer(SchemaKind kind) => kind is SchemaKind.Object or SchemaKind.Map or SchemaKind.Array;

    private static bool IsText(SchemaKind kind) => !IsNumber(kind) && !IsContainer(kind) && kind is not (SchemaKind.Boolean or SchemaKind.Any or SchemaKind.Union);

    /// <summary>Whether a keyword restricts anything: no value has fewer than none.</summary>
    private bool Has(string keyword) => _layers.Exists(layer => layer.TryGetProperty(keyword, out var value) && value.ValueKind != JsonValueKind.False
        && !(keyword.StartsWith("min", StringComparison.Ordinal) && SchemaFacts.Count(layer, keyword) == 0));

    private IEnumerable<List<string>> Named(string place) => _layers.Where(static layer => layer.TryGetProperty("type", out _)).Select(layer => SchemaFacts.TypesOf(layer, place).Names);

    private List<string> Literals() =>
        [.. Values()?.Where(static value => value.ValueKind != JsonValueKind.Null).Select(static value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()) ?? []];

    /// <summary>The patterns for a whole text. One that .NET cannot read binds the model alone, so it stays as it is.</summary>
    private List<string> Expressions() =>
        [.. Rules.Select(static layer => SchemaFacts.Text(layer, "pattern")).OfType<string>().Distinct(StringComparer.Ordinal).Select(static pattern => Patterns.Whole(pattern) ?? pattern)];

    private List<string> Multiples() => [.. Rules.Select(static layer => SchemaFacts.Number(layer, "multipleOf")).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The least number that is a multiple of what every layer asks for; null where it is none or cannot be written.</summary>
    private string? Multiple()
    {
        var multiples = Multiples();
        if (multiples.Count <= 1)
        {
            return multiples.FirstOrDefault();
        }

        try
        {
            var steps = multiples.ConvertAll(static multiple => decimal.Parse(multiple, NumberStyles.Float, CultureInfo.InvariantCulture));
            var common = steps.Aggregate(static (left, right) => left / GreatestDivisor(left, right) * right);
            return (common / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private static decimal GreatestDivisor(decimal left, decimal right) => right == 0 ? left : GreatestDivisor(right, left % right);

    private string? First(Func<JsonElement, string?> read) => _layers.Select(read).FirstOrDefault(static text => text is not null);

    private IEnumerable<int?> Counts(string keyword) => Rules.Select(layer => SchemaFacts.Count(layer, keyword));

    /// <summary>The narrowest of the layers' bounds.</summary>
    private (string? Bound, bool IsExclusive) Bound(string inclusive, string exclusive, bool isLower)
    {
        var bounds = Rules.SelectMany(layer => SchemaFacts.Bounds(layer, inclusive, exclusive));
        var ordered = bounds.OrderBy(static bound => SchemaFacts.ToDouble(bound.Bound)).ThenBy(bound => bound.IsExclusive == isLower).ToList();
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
