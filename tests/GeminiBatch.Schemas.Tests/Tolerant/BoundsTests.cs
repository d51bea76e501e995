namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>However long a value is, no more of it is looked at than a value of its kind can be long.</summary>
public sealed class BoundsTests
{
    private const int Long = 1_000_000;

    [Theory]
    [InlineData(SchemaKind.Date, "22 November 2026 ")]
    [InlineData(SchemaKind.Date, "1")]
    [InlineData(SchemaKind.DateTime, "2026-11-22T10:00:00 ")]
    [InlineData(SchemaKind.DateTimeOffset, "2026-11-22 10:00 ")]
    [InlineData(SchemaKind.Time, "10:00 ")]
    [InlineData(SchemaKind.Duration, "1 hour ")]
    [InlineData(SchemaKind.Integer, "1,")]
    [InlineData(SchemaKind.Decimal, "(((")]
    [InlineData(SchemaKind.Number, "approx. ")]
    [InlineData(SchemaKind.Boolean, "yes ")]
    [InlineData(SchemaKind.Guid, "{")]
    public void A_text_far_too_long_for_its_kind_is_an_error_with_a_short_message(SchemaKind kind, string unit)
    {
        AnswerError error = Answer.Error(Descriptors.Of(kind), $"\"{string.Concat(Enumerable.Repeat(unit, Long / unit.Length))}\"");
        Assert.True(error.Kind is AnswerErrorKind.InvalidValue or AnswerErrorKind.WrongKind or AnswerErrorKind.OutOfRange, error.ToString());
        Assert.True(error.Message.Length < 500 && error.Found?.Length < 200, error.Message);
    }

    [Theory]
    [InlineData("2026-11-22", true)]
    [InlineData("Sunday, the 22nd of November 2026", true)]
    [InlineData("Sunday,                        the 22nd of November 2026", true)]
    [InlineData("Sunday,                                                the 22nd of November 2026", false)]
    public void A_date_is_looked_for_in_a_text_of_at_most_64_characters(string text, bool isRead)
    {
        AnswerReading reading = Answer.Read(Descriptors.Of(SchemaKind.Date), $$"""{"v": "{{text}}"}""");
        Assert.Equal(isRead, reading.Succeeded);
        Assert.Equal(isRead ? """{"v":"2026-11-22"}""" : "{}", reading.Json());
    }

    [Fact]
    public void An_enum_value_is_no_slip_of_a_text_that_goes_on_and_on()
    {
        var shade = new SchemaNode(SchemaKind.Enum) { Name = "Shade", EnumValues = [new SchemaEnumValue("crimson"), new SchemaEnumValue("blue")] };
        Assert.Equal("\"crimson\"", Answer.Value(Descriptors.Of(shade), "\"crimsom\""));
        AnswerError error = Answer.Error(Descriptors.Of(shade), $"\"crimsom{new string('m', Long)}\"");
        Assert.Equal(AnswerErrorKind.UnknownEnumValue, error.Kind);
    }

    [Fact]
    public void A_text_longer_than_allowed_is_not_looked_at()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{\"a\": 1}", new ParseOptions { MaxBytes = 7 });
        Assert.Equal(AnswerErrorKind.TooLarge, Assert.Single(reading.Errors).Kind);
        Assert.Equal(AnswerErrorKind.TooLarge, Assert.Single(JsonRepair.Repair("{\"a\": 1}", new ParseOptions { MaxBytes = 7 }).Errors).Kind);
    }

    [Fact]
    public void Rubble_has_a_report_of_bounded_length()
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, "{" + string.Concat(Enumerable.Repeat("x' 1; ", Long / 6)));
        Assert.InRange(reading.Repairs.Count, 0, ReadingReport.MostReported + 1);
        Assert.InRange(reading.Errors.Count, 1, ReadingReport.MostReported + 1);
    }

    [Fact]
    public void What_was_rented_inside_another_rental_is_kept_and_the_other_gives_its_buffer_back()
    {
        CanonicalWriter outer = CanonicalWriter.Rent();
        CanonicalWriter inner = CanonicalWriter.Rent();
        inner.Dispose();
        outer.Dispose();

        using CanonicalWriter next = CanonicalWriter.Rent();
        Assert.Same(inner, next);
        Assert.Equal(0, outer.Capacity);

        AnswerTree outerTree = AnswerTree.Rent(TestContext.Current.CancellationToken);
        AnswerTree innerTree = AnswerTree.Rent(TestContext.Current.CancellationToken);
        outerTree.Add(NodeKind.Object, 0);
        innerTree.Dispose();
        outerTree.Dispose();
        using AnswerTree nextTree = AnswerTree.Rent(TestContext.Current.CancellationToken);
        Assert.Same(innerTree, nextTree);
        Assert.Equal(0, outerTree.Capacity);
    }
}
