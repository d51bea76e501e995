namespace GeminiBatch.Schemas.Tests;

public class InvoiceTests
{
    private const string Clean = """
        {"number":"A-1","issuedOn":"2026-11-22","currency":"EUR","total":12.50,
         "lines":[{"text":"Bolt","amount":2.5,"quantity":3},{"text":"N\u00fct \ud83d\ude00","amount":10,"quantity":1}]}
        """;

    [Fact]
    public void A_clean_answer_is_read_exactly()
    {
        var answer = Invoice.Schema.Parse(Clean);

        Assert.True(answer.Succeeded, string.Join(", ", answer.Errors));
        Assert.Equal(AnswerStatus.Exact, answer.Status);
        Assert.Equal("A-1", answer.Value.Number);
        Assert.Equal(new DateOnly(2026, 11, 22), answer.Value.IssuedOn);
        Assert.Equal(Currency.EUR, answer.Value.Currency);
        Assert.Equal(12.50m, answer.Value.Total);
        Assert.Equal([new LineItem("Bolt", 2.5m) { Quantity = 3 }, new LineItem("Nüt 😀", 10m)], answer.Value.Lines);
    }

    [Fact]
    public void What_is_written_is_read_back_equal()
    {
        var value = Invoice.Schema.Parse(Clean).Value!;

        var again = Invoice.Schema.Parse(Invoice.Schema.WriteUtf8(value));

        Assert.Equal(AnswerStatus.Exact, again.Status);
        Assert.Equal(value, again.Value, Invoice.Schema.Comparer);
    }
}
