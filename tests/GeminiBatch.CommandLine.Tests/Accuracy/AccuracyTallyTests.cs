using System.Text.Json;

namespace GeminiBatch.CommandLine.Tests.Accuracy;

public sealed class AccuracyTallyTests
{
    private const string Value = """{"number":"A-1","issuedOn":"2025-03-04","currency":"EUR","total":30.00,"supplier":{"name":"Hall","city":null},"lines":[{"text":"Bolt","amount":10},{"text":"Nut","amount":20,"quantity":2}]}""";

    [Fact]
    public void A_value_equal_to_its_truth_is_entirely_right()
    {
        var tally = Compare(Value);

        Assert.Equal(1, tally.DocumentsRight);
        Assert.Equal(tally.Compared, tally.Matched);
        // Five scalars of the root and its supplier's two, less the supplier itself; the number of lines; three fields of each line that has them.
        Assert.Equal(["number", "issuedOn", "currency", "total", "supplier.name", "supplier.city", "lines[]", "lines[].text", "lines[].amount", "lines[].quantity"], tally.Fields.Select(field => field.Path));
    }

    [Fact]
    public void A_wrong_field_is_counted_and_shown()
    {
        var tally = Compare(Value.Replace("30.00", "31", StringComparison.Ordinal));

        var total = tally.Fields.Single(field => field.Path == "total");
        Assert.Equal((0, 1), (total.Matched, total.Compared));
        Assert.Equal(("doc.txt", "31", "30.00"), total.FirstMiss);
        Assert.Equal(0, tally.DocumentsRight);
        Assert.Equal(tally.Compared - 1, tally.Matched);
    }

    [Fact]
    public void Lines_are_compared_in_order_and_missing_ones_are_misses()
    {
        var tally = Compare(Value.Replace("""{"text":"Nut","amount":20,"quantity":2}""", """{"text":"Nut","amount":20,"quantity":2},{"text":"Pin","amount":5,"quantity":1}""", StringComparison.Ordinal));

        Assert.Equal((0, 1), Counts(tally, "lines[]"));
        Assert.Equal((2, 3), Counts(tally, "lines[].text"));
        Assert.Equal((2, 3), Counts(tally, "lines[].amount"));
    }

    [Fact]
    public void A_missing_optional_value_stands_for_its_default() =>
        Assert.Equal((1, 1), Counts(Compare("""{"lines":[{"text":"Bolt","amount":10,"quantity":1.0},{}]}"""), "lines[].quantity"));

    [Fact]
    public void Ground_truth_of_another_shape_is_compared_where_names_or_aliases_meet()
    {
        var tally = Compare("""[{"issuer":"Hall","amount":30,"date":"2025-03-04","invoice_number":"A-1","currency":"EUR","lines":[{"sectionheader":"Metal"},{"desc":"Bolt","price":1},{"desc":"Nut"}]}]""");

        Assert.Equal(["number", "issuedOn", "currency", "total", "lines[]", "lines[].text"], tally.Fields.Select(field => field.Path));
        Assert.Equal(1, tally.DocumentsRight);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"unknown":1}""")]
    public void Ground_truth_without_a_known_field_is_noted_and_not_counted(string truth)
    {
        var tally = Compare(truth);

        Assert.Equal(0, tally.DocumentsCompared);
        Assert.Contains("doc.txt", Assert.Single(tally.Unusable), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"lines":3,"supplier":"Hall","total":{"a":1},"number":[1]}""")]
    [InlineData("""{"lines":[null,3,"x",[]],"supplier":[],"issuedOn":true,"currency":{}}""")]
    public void Ground_truth_of_any_kind_never_throws(string truth) => Assert.Equal(0, Compare(truth).DocumentsRight);

    private static AccuracyTally Compare(string truth)
    {
        var tally = new AccuracyTally(TestSchema.Invoice);
        tally.Add("doc.txt", JsonElement.Parse(truth), JsonElement.Parse(Value));
        return tally;
    }

    private static (long Matched, long Compared) Counts(AccuracyTally tally, string path)
    {
        var field = tally.Fields.Single(field => field.Path == path);
        return (field.Matched, field.Compared);
    }
}
