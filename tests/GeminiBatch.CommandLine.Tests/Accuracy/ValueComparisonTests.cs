using System.Text.Json;

namespace GeminiBatch.CommandLine.Tests.Accuracy;

public sealed class ValueComparisonTests
{
    [Theory]
    [InlineData(SchemaKind.Decimal, "12.5", "12.50", true)]
    [InlineData(SchemaKind.Decimal, "\"12.50\"", "12.5", true)]
    [InlineData(SchemaKind.Decimal, "12.5", "12.51", false)]
    [InlineData(SchemaKind.Decimal, "1e2", "100", true)]
    [InlineData(SchemaKind.Number, "1e300", "1E+300", true)]
    [InlineData(SchemaKind.Integer, "7", "7.0", true)]
    [InlineData(SchemaKind.Date, "\"2025-03-04\"", "\"2025-03-04T00:00:00\"", true)]
    [InlineData(SchemaKind.Date, "\"2025-03-04\"", "\"2025-04-03\"", false)]
    [InlineData(SchemaKind.String, "\"Hall  &\\n Co \"", "\"Hall & Co\"", true)]
    [InlineData(SchemaKind.String, "\"Cafe\\u0301\"", "\"Caf\\u00e9\"", true)]
    [InlineData(SchemaKind.String, "\"1\\u00a0480\"", "\"1 480\"", true)]
    [InlineData(SchemaKind.String, "\"hall\"", "\"Hall\"", false)]
    [InlineData(SchemaKind.Boolean, "true", "\"True\"", true)]
    [InlineData(SchemaKind.String, "null", "null", true)]
    [InlineData(SchemaKind.String, "null", "\"\"", false)]
    [InlineData(SchemaKind.Any, "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true)]
    public void Values_are_compared_by_what_they_mean(SchemaKind kind, string expected, string actual, bool equal) =>
        Assert.Equal(equal, ValueComparison.AreEqual(new SchemaNode(kind), JsonElement.Parse(expected), JsonElement.Parse(actual)));

    [Theory]
    [InlineData("\"€\"", true)]
    [InlineData("\"eur\"", true)]
    [InlineData("\"USD\"", false)]
    public void An_enum_value_is_known_by_its_aliases(string truth, bool equal) =>
        Assert.Equal(equal, ValueComparison.AreEqual(TestSchema.Invoice.Types[3], JsonElement.Parse(truth), JsonElement.Parse("\"EUR\"")));
}
