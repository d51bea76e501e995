namespace GeminiBatch.CommandLine.Tests;

/// <summary>A small invoice schema as the generator would describe it, and results over it.</summary>
internal static class TestSchema
{
    public static SchemaDescriptor Invoice { get; } = new(
        "Invoice",
        [
            new SchemaNode(SchemaKind.Object)
            {
                Name = "Invoice",
                Fields =
                [
                    new SchemaField("number", 1) { MemberName = "Number", Aliases = ["Invoice number"] },
                    new SchemaField("issuedOn", 2) { MemberName = "IssuedOn", Aliases = ["Date"] },
                    new SchemaField("currency", 3) { MemberName = "Currency" },
                    new SchemaField("total", 4) { MemberName = "Total", Aliases = ["Amount"] },
                    new SchemaField("supplier", 5) { MemberName = "Supplier", Nullable = true },
                    new SchemaField("lines", 6) { MemberName = "Lines" },
                ],
            },
            new SchemaNode(SchemaKind.String),
            new SchemaNode(SchemaKind.Date),
            new SchemaNode(SchemaKind.Enum) { Name = "Currency", EnumValues = [new SchemaEnumValue("EUR") { Aliases = ["€"] }, new SchemaEnumValue("USD")] },
            new SchemaNode(SchemaKind.Decimal),
            new SchemaNode(SchemaKind.Object) { Name = "Party", Fields = [new SchemaField("name", 1), new SchemaField("city", 1) { Nullable = true }] },
            new SchemaNode(SchemaKind.Array) { ItemType = 7 },
            new SchemaNode(SchemaKind.Object) { Name = "Line", Fields = [new SchemaField("text", 1) { Aliases = ["desc"] }, new SchemaField("amount", 4), new SchemaField("quantity", 4) { Presence = SchemaPresence.Optional, DefaultJson = "1" }] },
        ]);

    public const string Key = "abcdefghijklmnopqrstuvwxyz";

    public static ResultTable Table { get; } = new(Invoice, ("folder", "text"), ("year", "integer"));

    public static ExtractionResult Succeeded(string id, string json, params AnswerRepair[] repairs) => new()
    {
        DocumentId = id,
        Key = Key,
        CanonicalJson = System.Text.Encoding.UTF8.GetBytes(json),
        Repairs = repairs,
        Usage = new GeminiUsage(10, 5, 0, 0, 0, 15),
        ModelVersion = "gemini-test",
        Metadata = new Dictionary<string, MetadataValue> { ["year"] = 2025, ["folder"] = "in\"box" },
        Attempts = 1,
    };

    public static ExtractionResult Failed(string id) => new()
    {
        DocumentId = id,
        Key = Key,
        Failure = new ExtractionFailure("truncated", "The answer was cut.", "Allow more output tokens."),
        Attempts = 3,
    };
}
