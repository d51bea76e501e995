namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Descriptors built by hand, so that the tolerant tier is tested apart from the generator.</summary>
internal static class Descriptors
{
    private static readonly SchemaNode Int32 = new(SchemaKind.Integer) { IntegerMinimum = "-2147483648", IntegerMaximum = "2147483647" };
    private static readonly SchemaNode Text = new(SchemaKind.String);

    /// <summary>The fixed target of the probes: a whole number and a text, both nullable.</summary>
    public static SchemaDescriptor Probe { get; } = new("Probe",
    [
        new SchemaNode(SchemaKind.Object) { Name = "Probe", Fields = [Reported("a", 1), Reported("b", 2)] },
        Int32,
        Text,
    ]);

    /// <summary>An invoice: required text, number and date, a nullable enum, an optional flag, lines, and a map.</summary>
    public static SchemaDescriptor Invoice { get; } = new("Invoice",
    [
        new SchemaNode(SchemaKind.Object)
        {
            Name = "Invoice",
            Fields =
            [
                Required("number", 1, "Invoice no."),
                Required("total", 2, "Amount due"),
                Reported("issuedOn", 3),
                Reported("currency", 4),
                new SchemaField("paid", 5) { Presence = SchemaPresence.Optional, DefaultJson = "false" },
                Required("lines", 6),
                new SchemaField("notes", 9) { Presence = SchemaPresence.Optional },
            ],
        },
        Text,
        new SchemaNode(SchemaKind.Decimal),
        new SchemaNode(SchemaKind.Date),
        new SchemaNode(SchemaKind.Enum)
        {
            Name = "Currency",
            EnumValues =
            [
                new SchemaEnumValue("Eur") { Aliases = ["€"], Description = "Euro" },
                new SchemaEnumValue("Usd") { Aliases = ["$", "US dollar"] },
                new SchemaEnumValue("Gbp") { Aliases = ["£"] },
            ],
        },
        new SchemaNode(SchemaKind.Boolean),
        new SchemaNode(SchemaKind.Array) { ItemType = 7 },
        new SchemaNode(SchemaKind.Object) { Name = "Line", Fields = [Required("text", 1), Required("amount", 2), Required("quantity", 8)] },
        Int32,
        new SchemaNode(SchemaKind.Map) { ItemType = 1, KeyType = 1 },
    ]);

    /// <summary>Sections of texts under one root, as batch answers with an early-closed root have them.</summary>
    public static SchemaDescriptor Analysis { get; } = new("Analysis",
    [
        new SchemaNode(SchemaKind.Object) { Name = "Analysis", Fields = [Required("speech", 1), Required("audio", 2), Required("summary", 3)] },
        new SchemaNode(SchemaKind.Object) { Name = "Speech", Fields = [Required("language", 3), Required("tone", 3)] },
        new SchemaNode(SchemaKind.Object) { Name = "Audio", Fields = [Required("quality", 3), Required("tags", 4)] },
        Text,
        new SchemaNode(SchemaKind.Array) { ItemType = 3 },
    ]);

    /// <summary>One required field "v" of a type.</summary>
    public static SchemaDescriptor Of(SchemaNode type, params SchemaNode[] more) => new("One",
    [
        new SchemaNode(SchemaKind.Object) { Name = "One", Fields = [Required("v", 1)] },
        type,
        .. more,
    ]);

    public static SchemaDescriptor Of(SchemaKind kind) => Of(kind == SchemaKind.Integer ? Int32 : new SchemaNode(kind));

    public static SchemaField Required(string name, int type, params string[] aliases) => new(name, type) { Aliases = aliases };

    public static SchemaField Reported(string name, int type) => new(name, type) { Nullable = true, Presence = SchemaPresence.Reported };
}
