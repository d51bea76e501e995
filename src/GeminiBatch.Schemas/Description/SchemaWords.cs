namespace GeminiBatch;

/// <summary>What a schema says in words: the parts that a dialect has no keyword for go into its descriptions.</summary>
internal static class SchemaWords
{
    /// <summary>What is said of a value of which nothing else is.</summary>
    public const string AnyValue = "Any JSON value.";

    /// <summary>The smallest number that is told to the model: the constraint, or the C# type's own bound where that is narrow.</summary>
    public static string? Minimum(SchemaField? field, SchemaNode type) =>
        field?.Minimum is { } minimum ? (field.MinimumIsExclusive ? null : minimum) : IsNarrow(type.IntegerMinimum) ? type.IntegerMinimum : null;

    /// <summary>The largest number that is told to the model.</summary>
    public static string? Maximum(SchemaField? field, SchemaNode type) =>
        field?.Maximum is { } maximum ? (field.MaximumIsExclusive ? null : maximum) : IsNarrow(type.IntegerMaximum) ? type.IntegerMaximum : null;

    /// <summary>The meaning of a value followed by what <paramref name="notes"/> add; null when there is neither.</summary>
    public static string? Join(string? description, IEnumerable<string> notes)
    {
        var sentences = new List<string>();
        if (!string.IsNullOrEmpty(description))
        {
            sentences.Add(description!);
        }

        foreach (var note in notes)
        {
            if (sentences.Count > 0 && EndOf(sentences[sentences.Count - 1]) is not ('.' or '!' or '?' or ':' or ';'))
            {
                sentences[sentences.Count - 1] += ".";
            }

            sentences.Add(note);
        }

        return sentences.Count == 0 ? null : string.Join(" ", sentences);
    }

    private static char EndOf(string sentence) => sentence[sentence.Length - 1];

    /// <summary>The text form of a kind that JSON has no type for, where a dialect's format does not name it.</summary>
    public static IEnumerable<string> Form(SchemaKind kind)
    {
        var form = kind switch
        {
            SchemaKind.Date => "Date as yyyy-MM-dd.",
            SchemaKind.Time => "Time as HH:mm:ss.",
            SchemaKind.DateTime => "Date and time in ISO 8601.",
            SchemaKind.DateTimeOffset => "Date and time in ISO 8601 with offset.",
            SchemaKind.Duration => "Duration in ISO 8601, such as PT1H30M.",
            SchemaKind.Guid => "A GUID.",
            SchemaKind.Uri => "A URI.",
            _ => null,
        };
        return form is null ? [] : [form];
    }

    /// <summary>The text form of a kind whose word in the prompt does not say it.</summary>
    public static string? ShortForm(SchemaKind kind) => kind switch
    {
        SchemaKind.Date => "yyyy-MM-dd",
        SchemaKind.Time => "HH:mm:ss",
        SchemaKind.DateTime => "ISO 8601",
        SchemaKind.DateTimeOffset => "ISO 8601 with offset",
        SchemaKind.Duration => "ISO 8601, as PT1H30M",
        _ => null,
    };

    public static IEnumerable<string> EnumMeanings(SchemaNode type)
    {
        if (type.EnumValues.Count == 0)
        {
            return [];
        }

        var meanings = type.EnumValues.Where(static value => !string.IsNullOrEmpty(value.Description))
            .Select(static value => $"{value.JsonName}: {value.Description!.TrimEnd('.')}");
        var text = string.Join("; ", meanings);
        return text.Length == 0 ? [] : [text + "."];
    }

    public static IEnumerable<string> ExclusiveBounds(SchemaField? field)
    {
        if (field is { Minimum: { } minimum, MinimumIsExclusive: true })
        {
            yield return $"Greater than {minimum}.";
        }

        if (field is { Maximum: { } maximum, MaximumIsExclusive: true })
        {
            yield return $"Less than {maximum}.";
        }
    }

    public static IEnumerable<string> Lengths(SchemaField? field, string unit) => field switch
    {
        { MinLength: { } minimum, MaxLength: { } maximum } => [minimum == maximum ? $"Exactly {minimum} {unit}." : $"{minimum} to {maximum} {unit}."],
        { MinLength: { } minimum } => [$"At least {minimum} {unit}."],
        { MaxLength: { } maximum } => [$"At most {maximum} {unit}."],
        _ => [],
    };

    public static IEnumerable<string> Bounds(SchemaField? field, SchemaNode type) => (Minimum(field, type), Maximum(field, type)) switch
    {
        ({ } minimum, { } maximum) => [$"{minimum} to {maximum}."],
        ({ } minimum, null) => [$"At least {minimum}."],
        (null, { } maximum) => [$"At most {maximum}."],
        _ => [],
    };

    public static IEnumerable<string> Pattern(SchemaField? field) => field?.Pattern is { } pattern ? [$"Matches {pattern}"] : [];

    /// <summary>The constraints of kinds that neither dialect has keywords for.</summary>
    public static IEnumerable<string> Unsaid(SchemaField? field, SchemaNode type) => type.Kind switch
    {
        SchemaKind.Object or SchemaKind.Array or SchemaKind.Map or SchemaKind.Enum or SchemaKind.Boolean => [],
        SchemaKind.String or SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal => [],
        _ => [.. Bounds(field, type), .. Lengths(field, "characters"), .. Pattern(field)],
    };

    /// <summary>What no keyword of either dialect says of a value.</summary>
    public static IEnumerable<string> Rules(SchemaField? field)
    {
        if (field is null)
        {
            yield break;
        }

        if (FormWord(field.TextForm) is { } form)
        {
            yield return form;
        }

        if (field.MultipleOf is { } step)
        {
            yield return $"A multiple of {step}.";
        }

        if (field.DeniedValues.Count > 0)
        {
            yield return $"Not {string.Join(", ", field.DeniedValues)}.";
        }
    }

    /// <summary>The only allowed values, where they are not given as an enum.</summary>
    public static IEnumerable<string> Allowed(SchemaField? field) =>
        field?.AllowedValues.Count > 0 ? [$"One of {string.Join(", ", field.AllowedValues)}."] : [];

    private static string? FormWord(SchemaTextForm form) => form switch
    {
        SchemaTextForm.EmailAddress => "An e-mail address.",
        SchemaTextForm.Url => "A URL with http, https or ftp.",
        SchemaTextForm.Phone => "A telephone number.",
        SchemaTextForm.CreditCard => "A credit card number.",
        SchemaTextForm.Base64 => "Base64.",
        _ => null,
    };

    public static IEnumerable<string> Unique(SchemaNode type) => type.UniqueItems ? ["No item twice."] : [];

    /// <summary>Whether a bound is worth a word: a model does not come near those of 32 bits and more, except for zero.</summary>
    private static bool IsNarrow(string? bound) => bound is not null && bound.Length <= 6;
}
