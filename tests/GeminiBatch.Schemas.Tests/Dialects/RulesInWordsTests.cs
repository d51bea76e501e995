using System.Text;

namespace GeminiBatch.Schemas.Tests;

/// <summary>What a dialect has no keyword for is said in a description.</summary>
public class RulesInWordsTests
{
    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer","minimum":3,"description":"A count."}}""", "\"description\":\"A count.\",\"minimum\":3")]
    [InlineData("""{"type":["string","integer"],"minimum":3,"maxLength":5,"pattern":"^x$"}""", "At least 3. At most 5 characters. Matches ^x$")]
    [InlineData("""{"type":["string","integer"],"minimum":3,"exclusiveMaximum":9}""", "At least 3. Less than 9.")]
    [InlineData("""{"minimum":3}""", "At least 3.")]
    [InlineData("""{"type":"string","format":"date","pattern":"^20"}""", "Date as yyyy-MM-dd. Matches ^20")]
    [InlineData("""{"type":"string","format":"date-time","pattern":"^20"}""", "Matches ^20")]
    [InlineData("""{"type":"string","format":"uuid","maxLength":36}""", "A GUID. At most 36 characters.")]
    public void A_response_schema_says_every_constraint(string property, string expected) =>
        Assert.Contains(expected, Encoding.UTF8.GetString(Of(property).ResponseSchema.Span), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":["string","integer"],"minimum":3,"maxLength":5,"pattern":"^x$"}""", "At least 3. At most 5 characters. Matches ^x$")]
    [InlineData("""{"$ref":"#/properties/b"}""", "\"description\":\"At least 1.\",\"anyOf\":[{\"$ref\":")]
    [InlineData("""{"minimum":3}""", "At least 3.")]
    [InlineData("""{"type":"string","format":"uri","maxLength":36}""", "A URI. At most 36 characters.")]
    public void A_json_schema_says_every_constraint(string property, string expected) =>
        Assert.Contains(expected, Encoding.UTF8.GetString(Of(property).ResponseJsonSchema.Span), StringComparison.Ordinal);

    private static ExtractionSchema Of(string property) => ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
        $$$"""{"type":"object","properties":{"a":{{{property}}},"b":{"anyOf":[{"type":"integer","minimum":1},{"type":"string"}]} } }"""));
}
