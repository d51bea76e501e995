namespace GeminiBatch.Schemas.Tests.Tolerant;

public sealed class AlignmentTests
{
    [Theory]
    [InlineData("{\"A\": 1, \"B\": \"x\"}")]
    [InlineData("{\" a \": 1, \"b\": \"x\"}")]
    [InlineData("{\"á\": 1, \"-b-\": \"x\"}")]
    public void Names_are_known_without_case_punctuation_and_accents(string text)
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, text);
        Assert.Equal("{\"a\":1,\"b\":\"x\"}", reading.Json());
        Assert.Contains(reading.Repairs, static repair => repair is { Kind: AnswerRepairKind.NameMatched, Path: "$.a" });
    }

    [Fact]
    public void Aliases_are_known_and_fields_come_in_the_schemas_order()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"lines": [], "amount_due": 5, "Invoice No": "A", "other": 1, "currency": null, "issuedOn": null, "paid": true, "notes": {}}""");
        Assert.Equal("""{"number":"A","total":5,"issuedOn":null,"currency":null,"paid":true,"lines":[],"notes":{}}""", reading.Json());
        Assert.Contains(reading.Repairs, static repair => repair is { Kind: AnswerRepairKind.UnknownMember, Path: "$.other" });
    }

    [Fact]
    public void Missing_fields_are_null_left_out_or_errors_as_their_presence_says()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"number": "A", "lines": []}""");
        Assert.Equal("""{"number":"A","issuedOn":null,"currency":null,"lines":[]}""", reading.Json());
        AnswerError error = Assert.Single(reading.Errors);
        Assert.Equal((AnswerErrorKind.MissingRequired, "$.total"), (error.Kind, error.Path));
        Assert.Equal(["$.issuedOn", "$.currency", "$.paid", "$.notes"], reading.Repairs.Where(static repair => repair.Kind == AnswerRepairKind.MissingOptional).Select(static repair => repair.Path));
        Assert.Equal(AnswerStatus.Incomplete, reading.Status);
    }

    [Fact]
    public void Null_is_no_value_of_a_field_that_cannot_be_null()
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, """{"number": null, "total": "N/A", "lines": []}""");
        Assert.Equal([("$.number", AnswerErrorKind.UnexpectedNull), ("$.total", AnswerErrorKind.UnexpectedNull)], reading.Errors.Select(static error => (error.Path, error.Kind)));
    }

    [Fact]
    public void A_field_given_twice_is_read_once_or_is_an_error()
    {
        Assert.Equal("{\"a\":1,\"b\":\"x\"}", Answer.Read(Descriptors.Probe, """{"a": 1, "b": "x", "a": 1}""").Json());
        Assert.Equal("{\"a\":1,\"b\":\"x\"}", Answer.Read(Descriptors.Probe, """{"a": null, "b": "x", "a": 1}""").Json());
        AnswerReading conflict = Answer.Read(Descriptors.Probe, """{"a": 1, "b": "x", "a": 2}""");
        Assert.Equal((AnswerErrorKind.DuplicateMember, "$.a"), (conflict.Errors[0].Kind, conflict.Errors[0].Path));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("\"5\"", "5")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("\"1,234\"", "1234")]
    [InlineData("\" 1 234 567 \"", "1234567")]
    [InlineData("1,234", "1234")]
    [InlineData("\"-7\"", "-7")]
    [InlineData("\"approx. 12\"", "12")]
    [InlineData("[3]", "3")]
    public void Whole_numbers_are_read(string value, string expected) => Assert.Equal(expected, Answer.Value(Descriptors.Of(SchemaKind.Integer), value));

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("\"€ 1.234,56\"", "1234.56")]
    [InlineData("\"$1,234.56\"", "1234.56")]
    [InlineData("\"1,234.56 USD\"", "1234.56")]
    [InlineData("\"CHF 1'234.50\"", "1234.50")]
    [InlineData("\"1 234,5 zł\"", "1234.5")]
    [InlineData("\"-€5,00\"", "-5.00")]
    [InlineData("\"(5.00)\"", "-5.00")]
    [InlineData("\"12,5\"", "12.5")]
    [InlineData("\"$1,234\"", "1234")]
    [InlineData("\"12,34,567.89\"", "1234567.89")]
    [InlineData("\"1.234.567\"", "1234567")]
    [InlineData("\"0.125\"", "0.125")]
    [InlineData("\"49,-\"", "49")]
    public void Decimals_are_read_as_people_write_them(string value, string expected) => Assert.Equal(expected, Answer.Value(Descriptors.Of(SchemaKind.Decimal), value));

    [Theory]
    [InlineData(SchemaKind.Decimal, "\"1.234\"", "1234 or 1.234")]
    [InlineData(SchemaKind.Decimal, "\"€1,234\"", "1234 or 1.234")]
    [InlineData(SchemaKind.Number, "\"1,234\"", "1234 or 1.234")]
    [InlineData(SchemaKind.Decimal, "\"50%\"", "50 or 50 hundredths")]
    [InlineData(SchemaKind.Date, "\"03/04/2026\"", "2026-04-03 or 2026-03-04")]
    public void What_can_be_read_in_two_ways_is_an_error_that_names_both(SchemaKind kind, string value, string readings)
    {
        AnswerError error = Answer.Error(Descriptors.Of(kind), value);
        Assert.Equal(AnswerErrorKind.AmbiguousValue, error.Kind);
        Assert.Contains(readings, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchemaKind.Decimal, "\"1.234\"", "en-US", "1.234")]
    [InlineData(SchemaKind.Decimal, "\"1.234\"", "de-DE", "1234")]
    [InlineData(SchemaKind.Decimal, "\"1,234\"", "de-DE", "1.234")]
    [InlineData(SchemaKind.Date, "\"03/04/2026\"", "en-US", "\"2026-03-04\"")]
    [InlineData(SchemaKind.Date, "\"03/04/2026\"", "en-GB", "\"2026-04-03\"")]
    public void A_culture_decides(SchemaKind kind, string value, string culture, string expected) => Assert.Equal(expected, Answer.Value(Descriptors.Of(kind), value, culture));

    [Fact]
    public void A_percent_sign_is_dropped_where_the_field_is_a_percentage()
    {
        var schema = new SchemaDescriptor("Tax", [new SchemaNode(SchemaKind.Object) { Fields = [Descriptors.Required("vatPercent", 1)] }, new SchemaNode(SchemaKind.Decimal)]);
        Assert.Equal("{\"vatPercent\":19}", Answer.Read(schema, "{\"vatPercent\": \"19 %\"}").Json());
    }

    [Theory]
    [InlineData(SchemaKind.Integer, "1.5", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.Integer, "3000000000", AnswerErrorKind.OutOfRange)]
    [InlineData(SchemaKind.Integer, "1e999999999", AnswerErrorKind.OutOfRange)]
    [InlineData(SchemaKind.Integer, "true", AnswerErrorKind.WrongKind)]
    [InlineData(SchemaKind.Integer, "\"12 thousand\"", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.Decimal, "\"1.2 million\"", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.Decimal, "1e99", AnswerErrorKind.OutOfRange)]
    [InlineData(SchemaKind.Number, "1e999", AnswerErrorKind.OutOfRange)]
    [InlineData(SchemaKind.Boolean, "\"maybe\"", AnswerErrorKind.WrongKind)]
    [InlineData(SchemaKind.Date, "\"2026-02-30\"", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.DateTimeOffset, "\"2026-03-04T10:00:00\"", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.Duration, "\"1:30\"", AnswerErrorKind.AmbiguousValue)]
    [InlineData(SchemaKind.Guid, "\"1234\"", AnswerErrorKind.InvalidValue)]
    [InlineData(SchemaKind.String, "{\"x\": 1, \"y\": 2}", AnswerErrorKind.WrongKind)]
    public void What_does_not_fit_is_an_error_at_its_path(SchemaKind kind, string value, AnswerErrorKind expected)
    {
        AnswerError error = Answer.Error(Descriptors.Of(kind), value);
        Assert.Equal((expected, "$.v"), (error.Kind, error.Path));
    }

    [Theory]
    [InlineData("\"yes\"", "true")]
    [InlineData("\"Nein\"", "false")]
    [InlineData("1", "true")]
    [InlineData("True", "true")]
    [InlineData("\"☑\"", "true")]
    public void Booleans_are_read(string value, string expected) => Assert.Equal(expected, Answer.Value(Descriptors.Of(SchemaKind.Boolean), value));

    [Theory]
    [InlineData(SchemaKind.Date, "4 March 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "March 4th, 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "Wednesday, Mar 4 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "4. März 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "4 de marzo de 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "1er août 2026", "2026-08-01")]
    [InlineData(SchemaKind.Date, "1ER AOÛT 2026", "2026-08-01")]
    [InlineData(SchemaKind.Date, "March 4Th, 2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "04.03.2026", "2026-03-04")]
    [InlineData(SchemaKind.Date, "25/12/2026", "2026-12-25")]
    [InlineData(SchemaKind.Date, "12/25/2026", "2026-12-25")]
    [InlineData(SchemaKind.Date, "2026/3/4", "2026-03-04")]
    [InlineData(SchemaKind.Date, "2026-03-04T00:00:00Z", "2026-03-04")]
    [InlineData(SchemaKind.Time, "2:30 PM", "14:30:00")]
    [InlineData(SchemaKind.Time, "14:30", "14:30:00")]
    [InlineData(SchemaKind.Time, "14h30", "14:30:00")]
    [InlineData(SchemaKind.Time, "12 am", "00:00:00")]
    [InlineData(SchemaKind.DateTime, "2026-03-04 10:05", "2026-03-04T10:05:00")]
    [InlineData(SchemaKind.DateTime, "2026-03-04", "2026-03-04T00:00:00")]
    [InlineData(SchemaKind.DateTime, "4 March 2026 at 2:30 PM", "2026-03-04T14:30:00")]
    [InlineData(SchemaKind.DateTimeOffset, "2026-03-04 10:05:00 +0100", "2026-03-04T10:05:00+01:00")]
    [InlineData(SchemaKind.DateTimeOffset, "2026-03-04T10:05:00 UTC", "2026-03-04T10:05:00Z")]
    [InlineData(SchemaKind.Duration, "1h 30m", "PT1H30M")]
    [InlineData(SchemaKind.Duration, "90 minutes", "PT1H30M")]
    [InlineData(SchemaKind.Duration, "2 hours and 5 minutes", "PT2H5M")]
    [InlineData(SchemaKind.Duration, "1:30:00", "PT1H30M")]
    [InlineData(SchemaKind.Guid, "{746DE9AD-D4FF-4C66-97D7-00A92AD46967}", "746de9ad-d4ff-4c66-97d7-00a92ad46967")]
    [InlineData(SchemaKind.Uri, "[site](https://example.com/a)", "https://example.com/a")]
    public void Dates_times_and_identifiers_come_in_their_wire_form(SchemaKind kind, string text, string expected) =>
        Assert.Equal($"\"{expected}\"", Answer.Value(Descriptors.Of(kind), $"\"{text}\""));

    [Theory]
    [InlineData("Eur")]
    [InlineData("EUR")]
    [InlineData("€")]
    [InlineData("euro")]
    [InlineData("EUR - Euro")]
    public void Enum_values_are_known_by_name_alias_and_description(string text)
    {
        AnswerReading reading = Answer.Read(Descriptors.Invoice, $$"""{"number": "A", "total": 1, "currency": "{{text}}", "lines": []}""");
        Assert.Contains("\"currency\":\"Eur\"", reading.Json(), StringComparison.Ordinal);
        Assert.Equal(text != "Eur", reading.Kinds().Contains(AnswerRepairKind.EnumMatched));
    }

    [Fact]
    public void A_text_that_is_no_enum_value_is_an_error_with_the_values()
    {
        AnswerError error = Assert.Single(Answer.Read(Descriptors.Invoice, """{"number": "A", "total": 1, "currency": "Yen", "lines": []}""").Errors);
        Assert.Equal((AnswerErrorKind.UnknownEnumValue, "$.currency", "one of Eur, Usd, Gbp"), (error.Kind, error.Path, error.Expected));
    }

    [Theory]
    [InlineData("[{\"key\": \"k\", \"value\": \"w\"}]")]
    [InlineData("{\"k\": \"w\"}")]
    public void Maps_are_objects_or_pairs(string value) =>
        Assert.Equal("{\"k\":\"w\"}", Answer.Value(Descriptors.Of(new SchemaNode(SchemaKind.Map) { ItemType = 2, KeyType = 2 }, new SchemaNode(SchemaKind.String)), value));

    [Theory]
    [InlineData("\"x\"", "[\"x\"]")]
    [InlineData("\"[\\\"x\\\", \\\"y\\\"]\"", "[\"x\",\"y\"]")]
    [InlineData("{\"items\": [\"x\"]}", "[\"x\"]")]
    [InlineData("[1, true, \"x\"]", "[\"1\",\"true\",\"x\"]")]
    public void Lists_are_made_of_what_can_be_one(string value, string expected) =>
        Assert.Equal(expected, Answer.Value(Descriptors.Of(new SchemaNode(SchemaKind.Array) { ItemType = 2 }, new SchemaNode(SchemaKind.String)), value));

    [Fact]
    public void Objects_without_a_list_around_them_are_its_items()
    {
        var schema = new SchemaDescriptor("Names", [new SchemaNode(SchemaKind.Array) { ItemType = 1 }, new SchemaNode(SchemaKind.Object) { Fields = [Descriptors.Required("name", 2)] }, new SchemaNode(SchemaKind.String)]);
        Assert.Equal("""[{"name":"jack"},{"name":"john"}]""", Answer.Read(schema, "```json\n{\"name\":\"jack\"}\n{\"name\":\"john\"}\n```").Json());
    }

    [Fact]
    public void Any_value_is_written_as_it_is() =>
        Assert.Equal("{\"v\":{\"x\":[1,\"two\",null]}}", Answer.Read(Descriptors.Of(SchemaKind.Any), "{v: {x: [1, two, None,]}}").Json());
}
