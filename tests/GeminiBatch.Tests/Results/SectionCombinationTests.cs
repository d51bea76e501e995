using System.Text;

namespace GeminiBatch.Tests.Results;

public sealed class SectionCombinationTests
{
    private const string Schema =
        """
        {"type":"object","properties":{"number":{"type":["string","null"]},"total":{"type":["number","null"]},
        "lines":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}},
        "codes":{"type":"object","additionalProperties":{"type":"string"}},
        "supplier":{"type":["object","null"],"properties":{"name":{"type":["string","null"]},"city":{"type":["string","null"]}},"required":["name","city"]}},
        "required":["number","total","lines","codes","supplier"]}
        """;

    [Fact]
    public void Lists_are_joined_in_page_order_and_fields_are_of_the_first_section_that_says_something()
    {
        var (json, differences) = Combine(
            """{"number":null,"total":null,"lines":[{"text":"a"}],"codes":{"x":"1"},"supplier":null}""",
            """{"number":"","total":12.5,"lines":[],"codes":{"y":"2"},"supplier":{"name":"ACME","city":null}}""",
            """{"number":"A-1","total":12.50,"lines":[{"text":"b"},{"text":"a"}],"codes":{"x":"1"},"supplier":{"name":null,"city":"Bonn"}}""");

        Assert.Equal("""{"number":"A-1","total":12.5,"lines":[{"text":"a"},{"text":"b"},{"text":"a"}],"codes":{"x":"1","y":"2"},"supplier":{"name":"ACME","city":"Bonn"}}""", json);
        Assert.Empty(differences);
    }

    [Fact]
    public void What_sections_contradict_each_other_in_is_named()
    {
        var (json, differences) = Combine(
            """{"number":"A-1","total":1,"lines":[],"codes":{"x":"1"},"supplier":{"name":"ACME","city":null}}""",
            """{"number":"A-2","total":1.0,"lines":[],"codes":{"x":"2"},"supplier":{"name":"Other","city":null}}""");

        Assert.Contains("\"number\":\"A-1\"", json, StringComparison.Ordinal);
        Assert.Equal(["$.number", "$.codes.x", "$.supplier.name"], differences);
    }

    [Fact]
    public void A_list_as_root_is_joined()
    {
        var schema = ExtractionSchema.FromJsonSchema("List", """{"type":"array","items":{"type":"integer"}}"""u8).Descriptor;

        var (json, _) = SectionCombination.Combine(schema, ["[1,2]"u8.ToArray(), "[]"u8.ToArray(), "[2]"u8.ToArray()]);

        Assert.Equal("[1,2,2]", Encoding.UTF8.GetString(json.Span));
    }

    private static (string Json, IReadOnlyList<string> Differences) Combine(params string[] answers)
    {
        var (json, differences) = SectionCombination.Combine(
            ExtractionSchema.FromJsonSchema("Statement", Encoding.UTF8.GetBytes(Schema)).Descriptor, [.. answers.Select(static answer => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(answer))]);
        return (Encoding.UTF8.GetString(json.Span), differences);
    }
}
