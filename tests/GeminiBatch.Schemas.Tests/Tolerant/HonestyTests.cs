using System.Globalization;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Nothing that was there is left out, and nothing that was not there is put in, without a word.</summary>
public sealed class HonestyTests
{
    private const string First = """{"number": "A-1", "total": 1, "issuedOn": null, "currency": null, "paid": true, "lines": [], "notes": {}}""";
    private const string Second = """{"number": "A-2", "total": 2, "issuedOn": null, "currency": null, "paid": true, "lines": [], "notes": {}}""";

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n", 20)]
    [InlineData("\nCorrected:\n", 60)]
    public void A_value_that_is_cut_off_behind_a_whole_one_is_told(string between, int kept)
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, First + between + Second[..Math.Max(1, kept)]);
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
        Assert.Contains(reading.Errors, static error => error.Kind == AnswerErrorKind.Truncated);
        Assert.Contains("A-1", reading.Json(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(First + "\n" + Second)]
    [InlineData("```json\n" + First + "\n```\nand\n```json\n" + Second + "\n```")]
    [InlineData("[" + First + "," + Second + "]")]
    [InlineData("{\"first\": " + First + ", \"second\": " + Second + "}")]
    public void A_second_record_that_says_something_else_is_told(string text)
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, text);
        Assert.Contains(reading.Errors, static error => error is { Kind: AnswerErrorKind.AmbiguousValue, Path: "$" });
        Assert.Contains("A-1", reading.Json(), StringComparison.Ordinal);
        Assert.True(Answer.Read(Descriptors.Invoice, text, new ParseOptions { Coercions = AnswerCoercions.All }).Succeeded);
    }

    [Theory]
    [InlineData(First + "\n" + First, "A-1", false)]
    [InlineData("Draft:\n" + First + "\nFinal:\n" + Second, "A-2", true)]
    [InlineData("Draft: {\"number\": \"A-0\"}\n" + Second, "A-2", true)]
    public void A_record_that_is_repeated_or_replaced_is_read_once(string text, string number, bool isChosen)
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, text);
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
        Assert.Contains(number, reading.Json(), StringComparison.Ordinal);
        Assert.Equal(isChosen, reading.Kinds().Contains(AnswerRepairKind.ChosenFromSeveral));
    }

    [Fact]
    public void What_stands_beside_an_object_that_is_taken_out_of_a_wrapper_is_told()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, "{\"result\": " + First + ", \"confidence\": 0.9}");
        Assert.Contains(reading.Repairs, static repair => repair is { Kind: AnswerRepairKind.UnknownMember, Path: "$.confidence" });
        AnswerReading list = Answer.Read(Descriptors.Of(new SchemaNode(SchemaKind.Array) { ItemType = 2 }, new SchemaNode(SchemaKind.String)), "{\"v\": {\"items\": [\"x\"]}}");
        Assert.Equal([AnswerRepairKind.Unwrapped], list.Kinds());
    }

    [Theory]
    [InlineData("""[{"key": "a", "value": "1"}, {"key": "b"}]""", AnswerErrorKind.MissingRequired, "$.v[1]")]
    [InlineData("""[{"key": "a", "value": "1"}, {"value": "2"}]""", AnswerErrorKind.MissingRequired, "$.v[1]")]
    [InlineData("""[{"key": "a", "value": "1"}, {"key": null, "value": "2"}]""", AnswerErrorKind.WrongKind, "$.v[1]")]
    [InlineData("""{"a": "1", "b": }""", AnswerErrorKind.MissingRequired, "$.v.b")]
    public void A_pair_that_lacks_a_part_is_an_error(string value, AnswerErrorKind kind, string path)
    {
        AnswerError error = Answer.Error(Map, value);
        Assert.Equal((kind, path), (error.Kind, error.Path));
    }

    [Fact]
    public void Pairs_under_other_names_and_with_more_in_them_are_told()
    {
        AnswerReading reading = Answer.Read(Map, """{"v": [{"Key": "a", "Value": "1", "more": 2}]}""");
        Assert.Equal("{\"v\":{\"a\":\"1\"}}", reading.Json());
        Assert.Equal([AnswerRepairKind.UnknownMember, AnswerRepairKind.MapFromPairs], reading.Kinds().Order());
    }

    [Theory]
    [InlineData(SchemaKind.Date, "٠٤.٠٣.٢٠٢٦")]
    [InlineData(SchemaKind.Date, "99999999999 March 2026")]
    [InlineData(SchemaKind.Date, "৪ March 2026")]
    [InlineData(SchemaKind.DateTime, "2026-03-04 ١٠:٠٥")]
    [InlineData(SchemaKind.Time, "٢:٣٠ PM")]
    [InlineData(SchemaKind.Duration, "٥ minutes")]
    [InlineData(SchemaKind.Duration, "99999999999999999999 hours")]
    [InlineData(SchemaKind.Duration, "999999999999999999 weeks")]
    public void Digits_of_other_scripts_and_endless_numbers_are_errors(SchemaKind kind, string text)
    {
        foreach (CultureInfo? culture in new[] { null, CultureInfo.GetCultureInfo("th-TH"), CultureInfo.GetCultureInfo("ar-SA"), CultureInfo.GetCultureInfo("fa-IR") })
        {
            AnswerReading reading = Answer.Read(Descriptors.Of(kind), $$"""{"v": "{{text}}"}""", new ParseOptions { Culture = culture });
            Assert.Equal(AnswerErrorKind.InvalidValue, Assert.Single(reading.Errors).Kind);
        }
    }

    [Theory]
    [InlineData("-5 min", "\"-PT5M\"")]
    [InlineData("minus 1.5 hours", "\"-PT1H30M\"")]
    [InlineData("2 Wochen, 3 Tage und 4 Stunden", "\"P17DT4H\"")]
    [InlineData("0.1 s", "\"PT0.1S\"")]
    public void A_length_of_time_keeps_its_sign_and_its_fraction(string text, string expected) =>
        Assert.Equal(expected, Answer.Value(Descriptors.Of(SchemaKind.Duration), $"\"{text}\""));

    [Theory]
    [InlineData("5 min late")]
    [InlineData("not 5 min")]
    public void Words_around_a_length_of_time_are_not_passed_over(string text) =>
        Assert.Equal(AnswerErrorKind.InvalidValue, Answer.Error(Descriptors.Of(SchemaKind.Duration), $"\"{text}\"").Kind);

    [Theory]
    [InlineData(SchemaKind.Decimal, "1e-30")]
    [InlineData(SchemaKind.Number, "1e-400")]
    [InlineData(SchemaKind.Decimal, "\"1e-30\"")]
    public void A_number_too_small_for_its_type_is_not_zero(SchemaKind kind, string value) =>
        Assert.Equal(AnswerErrorKind.OutOfRange, Answer.Error(Descriptors.Of(kind), value).Kind);

    [Theory]
    [InlineData("\"(1)\"", "1 or -1")]
    [InlineData("\"(12)\"", "12 or -12")]
    public void A_small_number_in_parentheses_may_be_a_mark(string value, string readings) =>
        Assert.Contains(readings, Answer.Error(Descriptors.Of(SchemaKind.Integer), value).Message, StringComparison.Ordinal);

    [Fact]
    public void Reports_are_bounded()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, "{\"number\": \"A\", \"total\": 1, \"lines\": [" + string.Join(", ", Enumerable.Repeat("5", 5000)) + "]}");
        Assert.Equal(1001, reading.Errors.Count);
        Assert.Equal("And 4000 more errors.", reading.Errors[^1].Message);
        AnswerReading repaired = Answer.Read(Descriptors.Invoice, "{\"number\": \"A\", \"total\": 1, \"lines\": [], " + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"\"x{i}\": 1, ")) + "}");
        Assert.True(repaired.Repairs.Count <= 1001, $"{repaired.Repairs.Count} repairs");
        Assert.StartsWith("And ", repaired.Repairs[^1].Message, StringComparison.Ordinal);
    }

    private static SchemaDescriptor Map => Descriptors.Of(new SchemaNode(SchemaKind.Map) { ItemType = 2, KeyType = 2 }, new SchemaNode(SchemaKind.String));
}
