namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Answers to a question for one value, with and without the fence that models put around it.</summary>
public sealed class ScalarRootTests
{
    private static readonly SchemaNode Shade = new(SchemaKind.Enum) { Name = "Shade", EnumValues = [new SchemaEnumValue("RED"), new SchemaEnumValue("BLUE")] };

    [Theory]
    [InlineData("\"RED\"")]
    [InlineData("```json\n\"RED\"\n```")]
    [InlineData("```\n\"RED\"\n```\n")]
    [InlineData("``` \"red\" ```")]
    [InlineData("Sure:\n```json\n\"RED\"\n```\nAnything else?")]
    [InlineData("```\nRED\n```")]
    [InlineData("```text\nRED\n```")]
    [InlineData("```json\nred\n```")]
    [InlineData("{\"value\": \"RED\"}")]
    [InlineData("```json\n{\"value\": \"RED\"}\n```")]
    public void An_enum_value_is_read(string answer) => Assert.Equal("\"RED\"", Root(Shade, answer));

    [Theory]
    [InlineData("```json\n\"2026-03-04\"\n```")]
    [InlineData("```\n2026-03-04\n```")]
    [InlineData("4 March 2026")]
    public void A_date_is_read(string answer) => Assert.Equal("\"2026-03-04\"", Root(new SchemaNode(SchemaKind.Date), answer));

    [Theory]
    [InlineData("```json\n5\n```")]
    [InlineData("```\n\"5\"\n```")]
    [InlineData("5")]
    public void A_number_is_read(string answer) => Assert.Equal("5", Root(new SchemaNode(SchemaKind.Integer) { IntegerMinimum = "0", IntegerMaximum = "9" }, answer));

    [Theory]
    [InlineData("```json\n\"hello\"\n```", "hello")]
    [InlineData("Hello ```code``` there", "Hello ```code``` there")]
    [InlineData("Run this:\n```sh\nls\n```\nand this:\n```sh\npwd\n```", "Run this:\\n```sh\\nls\\n```\\nand this:\\n```sh\\npwd\\n```")]
    public void A_text_is_read_as_it_stands(string answer, string expected) => Assert.Equal($"\"{expected}\"", Root(new SchemaNode(SchemaKind.String), answer));

    [Fact]
    public void Two_different_values_in_fences_are_an_error()
    {
        AnswerReading reading = Answer.Read(new SchemaDescriptor("Shade", [Shade]), "```\n\"RED\"\n```\nor\n```\n\"BLUE\"\n```");
        Assert.Equal(AnswerErrorKind.AmbiguousValue, Assert.Single(reading.Errors).Kind);
    }

    private static string Root(SchemaNode type, string answer)
    {
        AnswerReading reading = Answer.Read(new SchemaDescriptor("Root", [type]), answer);
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
        return reading.Json();
    }
}
