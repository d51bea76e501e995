using System.Text;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Cases of a union are told by their discriminator, or by the fields that fit best.</summary>
public sealed class UnionTests
{
    private static SchemaDescriptor Payment { get; } = new("Payment",
    [
        new SchemaNode(SchemaKind.Union) { Name = "Payment", Discriminator = "$type", Cases = [new SchemaUnionCase("card", 1), new SchemaUnionCase("cash", 2), new SchemaUnionCase("coin", 2)] },
        new SchemaNode(SchemaKind.Object) { Name = "Card", Fields = [Descriptors.Required("number", 3), Descriptors.Required("holder", 3)] },
        new SchemaNode(SchemaKind.Object) { Name = "Cash", Fields = [Descriptors.Required("amount", 4)] },
        new SchemaNode(SchemaKind.String),
        new SchemaNode(SchemaKind.Decimal),
    ]);

    [Theory]
    [InlineData("""{"$type": "cash", "amount": 5}""", """{"$type":"cash","amount":5}""", null)]
    [InlineData("""{"amount": 5, "$type": "cash"}""", """{"$type":"cash","amount":5}""", null)]
    [InlineData("""{"$type": "CARD", "number": "1", "holder": "x"}""", """{"$type":"card","number":"1","holder":"x"}""", AnswerRepairKind.EnumMatched)]
    [InlineData("""{"Number": "1", "holder": "x",}""", """{"$type":"card","number":"1","holder":"x"}""", AnswerRepairKind.UnionCaseChosen)]
    [InlineData("""{"payment": {"$type": "cash", "amount": 5}}""", """{"$type":"cash","amount":5}""", AnswerRepairKind.Unwrapped)]
    public void A_case_is_told(string text, string expected, AnswerRepairKind? repair)
    {
        AnswerReading reading = Answer.Read(Payment, text);
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
        Assert.Equal(expected, reading.Json());
        Assert.True(repair is null ? reading.Repairs.Count == 0 : reading.Kinds().Contains(repair.Value));
    }

    [Theory]
    [InlineData("""{"amount": 5}""", AnswerErrorKind.AmbiguousValue)]
    [InlineData("""{"$type": "cheque", "amount": 5}""", AnswerErrorKind.UnknownEnumValue)]
    [InlineData("""{"weight": 5, "colour": "red"}""", AnswerErrorKind.MissingRequired)]
    public void A_case_that_cannot_be_told_is_an_error(string text, AnswerErrorKind kind) =>
        Assert.Contains(Answer.Read(Payment, text).Errors, error => error.Kind == kind);

    [Theory]
    [InlineData("""{"items": [1, 2]}""", AnswerStatus.Exact)]
    [InlineData("[1, 2]", AnswerStatus.Exact)]
    [InlineData("""{"list": [1, 2]}""", AnswerStatus.Repaired)]
    public void A_root_that_is_no_object_may_stand_in_the_one_in_which_it_was_asked_for(string text, AnswerStatus status)
    {
        AnswerReading reading = ExtractionSchema.FromJsonSchema("Numbers", """{"type":"array","items":{"type":"integer"}}"""u8).Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(("[1,2]", status), (reading.Json(), reading.Status));
    }
}
