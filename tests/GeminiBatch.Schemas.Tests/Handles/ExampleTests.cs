namespace GeminiBatch.Schemas.Tests;

[ExtractionSchema<Shade>, ExtractionSchema<List<LineItem>>]
public static partial class Roots;

public class ExampleTests
{
    [Fact]
    public void Examples_follow_the_prompt_in_the_form_that_is_asked_for()
    {
        Assert.Equal(
            "Extract.\n\nExample:\nA lamp, 5 EUR\nAnswer:\n{\"items\":[{\"text\":\"lamp\",\"amount\":5,\"quantity\":1}]}",
            Roots.ListLineItem.WithExamples("Extract.", new ExtractionExample<List<LineItem>>("A lamp, 5 EUR", [new("lamp", 5)])));
        Assert.EndsWith("Answer:\nvery dark", Roots.Shade.WithExamples("Which shade?", new ExtractionExample<Shade>("black", Shade.Dark)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_breaks_a_constraint_is_refused()
    {
#pragma warning disable GB0110 // What the analyzer sees while one types, the call refuses as well.
        var wrong = new ExtractionExample<Invoice>("x", new Invoice("A", null, Currency.EUR, -1, []));
#pragma warning restore GB0110

        var exception = Assert.Throws<ArgumentException>(() => Invoice.Schema.WithExamples("Extract.", wrong));

        Assert.Contains("$.total is -1, but must be at least 0", exception.Message, StringComparison.Ordinal);
    }
}
