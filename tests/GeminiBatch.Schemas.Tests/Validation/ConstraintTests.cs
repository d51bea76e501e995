namespace GeminiBatch.Schemas.Tests;

public class ConstraintTests
{
    [Fact]
    public void A_violation_names_path_rule_and_value()
    {
        var invoice = new Invoice("A", null, Currency.EUR, 10_000_001, [new LineItem(null!, 1)]);

        var errors = Invoice.Schema.Validate(invoice);

        Assert.Equal(
            [
                new AnswerError(AnswerErrorKind.OutOfRange, "$.total", "$.total is 10000001, but must be at least 0 and at most 10000000.") { Expected = "at least 0 and at most 10000000", Found = "10000001" },
                new AnswerError(AnswerErrorKind.UnexpectedNull, "$.lines[0].text", "$.lines[0].text is null, and the schema has no null there.") { Found = "null" },
            ],
            errors);
    }

    [Fact]
    public void A_valid_value_has_no_violations() =>
        Assert.Empty(Invoice.Schema.Validate(new Invoice("A", null, Currency.EUR, 0, [])));
}
