using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

public class FingerprintTests
{
    [Fact]
    public void The_canonical_form_and_the_fingerprint_are_pinned()
    {
        // Stored runs are recognised by it: a change here makes every user pay again.
        Snapshot.Matches(Invoice.Schema.Fingerprint + "\n" + Invoice.Schema.Descriptor.CanonicalForm, "Fingerprint#Invoice", "txt");
    }

    [Fact]
    public void Every_part_of_a_descriptor_survives_its_stored_form()
    {
        var descriptor = Invoice.Schema.Descriptor;

        var again = SchemaDescriptor.FromJson(descriptor.ToJson());

        Assert.Equal(descriptor.ToJson(), again.ToJson());
        Assert.Equal(Invoice.Schema.Fingerprint, ExtractionSchema.FromDescriptor(again).Fingerprint);
        Assert.Equal(["$", "US$"], again.Types[3].EnumValues[1].Aliases);
    }

    [Fact]
    public void What_the_model_does_not_see_is_not_in_the_fingerprint()
    {
        var renamed = Invoice.Schema.Descriptor.ToJson()
            .Replace("\"member\":\"Number\"", "\"member\":\"Other\"", StringComparison.Ordinal)
            .Replace("\"name\":\"LineItem\"", "\"name\":\"Line\"", StringComparison.Ordinal)
            .Replace(",\"aliases\":[\"$\",\"US$\"]", "", StringComparison.Ordinal)
            .Replace("2147483647", "9223372036854775807", StringComparison.Ordinal);
        var described = Invoice.Schema.Descriptor.ToJson().Replace("exactly as printed", "as printed", StringComparison.Ordinal);

        Assert.Equal(Invoice.Schema.Fingerprint, ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(renamed)).Fingerprint);
        Assert.NotEqual(Invoice.Schema.Fingerprint, ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(described)).Fingerprint);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("""{"version":2,"name":"X","types":[]}""")]
    [InlineData("""{"version":1,"name":"X","types":[]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"array","item":7}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"nothing"}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"array","item":0}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"object","fields":[{"name":"a","type":0,"presence":"reported","nullable":true}]}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"union","cases":[]}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"union","discriminator":"k","cases":[{"name":"a","type":1}]},{"kind":"string"}]}""")]
    [InlineData("""{"version":1,"name":"X","types":[{"kind":"union","cases":[{"name":"a","type":9}]}]}""")]
    public void What_is_no_descriptor_is_refused(string json) => Assert.Throws<FormatException>(() => SchemaDescriptor.FromJson(json));
}
