namespace GeminiBatch;

/// <summary>What a value must be, in words that can go back to the model.</summary>
internal static class RuleWords
{
    public static string Range(SchemaField field)
    {
        string?[] parts =
        [
            field.Minimum is null ? null : (field.MinimumIsExclusive ? "greater than " : "at least ") + field.Minimum,
            field.Maximum is null ? null : (field.MaximumIsExclusive ? "less than " : "at most ") + field.Maximum,
            field.MultipleOf is null ? null : "a multiple of " + field.MultipleOf,
        ];
        return string.Join(" and ", parts.OfType<string>());
    }

    public static string Length(SchemaField field, string unit) => (field.MinLength, field.MaxLength) switch
    {
        ({ } minimum, { } maximum) when minimum == maximum => $"of exactly {minimum} {unit}",
        ({ } minimum, { } maximum) => $"of {minimum} to {maximum} {unit}",
        ({ } minimum, null) => $"of at least {minimum} {unit}",
        _ => $"of at most {field.MaxLength} {unit}",
    };

    public static string Form(SchemaTextForm form) => form switch
    {
        SchemaTextForm.EmailAddress => "an e-mail address",
        SchemaTextForm.Url => "an address that starts with http://, https:// or ftp://",
        SchemaTextForm.Phone => "a telephone number",
        SchemaTextForm.CreditCard => "a credit card number with a valid check digit",
        SchemaTextForm.Base64 => "Base64",
        _ => "a text",
    };

    public static string List(IReadOnlyList<string> json) => string.Join(", ", json);
}
