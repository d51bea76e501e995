using System.Globalization;
using System.Text;

namespace GeminiBatch.Schemas.Tests;

[ExtractionSchema(Culture = "de-DE", Coercions = AnswerCoercions.Default & ~AnswerCoercions.Booleans)]
public sealed partial record GermanBill(decimal Total, DateOnly IssuedOn, bool Paid);

[ExtractionSchema(Culture = "qq-QQ")]
public sealed partial record NowhereBill(decimal Total);

[ExtractionSchema(Repair = RepairMode.Strict)]
public sealed partial record StrictBill(decimal Total);

[ExtractionSchema<List<int>>(Repair = RepairMode.Syntax)]
public static partial class SyntaxOnly;

/// <summary>How answers are read: by the schema's own defaults, by a handle's, by a call's; and until the call is cancelled.</summary>
public sealed class ParsingTests
{
    private const string German = """{"total": "1.234", "issuedOn": "03.04.2026", "paid": true}""";

    [Fact]
    public void The_attribute_says_how_answers_are_read()
    {
        ParsedAnswer<GermanBill> bill = GermanBill.Schema.Parse(German);
        Assert.True(bill.Succeeded, string.Join(' ', bill.Errors));
        Assert.Equal(new GermanBill(1234m, new DateOnly(2026, 4, 3), true), bill.Value);
        Assert.Equal("de-DE", GermanBill.Schema.Parsing.Culture?.Name);
        Assert.Equal(AnswerErrorKind.WrongKind, Assert.Single(GermanBill.Schema.Parse("""{"total": 1, "issuedOn": "2026-04-03", "paid": "yes"}""").Errors).Kind);
        Assert.Equal(AnswerStatus.Rejected, StrictBill.Schema.Parse("""{"total": 1,}""").Status);
        Assert.Equal([1, 2], SyntaxOnly.ListInt32.Parse("[1, 2,]").Value!);
        Assert.False(SyntaxOnly.ListInt32.Parse("[1, \"2\"]").Succeeded);
    }

    [Fact]
    public void A_culture_that_the_machine_does_not_have_is_missed_only_where_it_is_needed()
    {
        Assert.Equal("qq-QQ", Assert.Throws<CultureNotFoundException>(() => NowhereBill.Schema.Parsing).InvalidCultureName);
        Assert.True(NowhereBill.Schema.Parse("""{"total": "1.5"}""", ParseOptions.Default).Succeeded);
        Assert.Same(GermanBill.Schema.Parsing, GermanBill.Schema.Parsing);
    }

    [Fact]
    public void A_handle_may_have_other_defaults_and_a_call_decides_over_both()
    {
        ExtractionSchema<StrictBill> tolerant = StrictBill.Schema.WithParsing(ParseOptions.Default);
        Assert.True(tolerant.Parse("""{"total": 1,}""").Succeeded);
        Assert.False(StrictBill.Schema.Parse("""{"total": 1,}""").Succeeded);
        Assert.False(tolerant.Parse("""{"total": 1,}""", ParseOptions.Strict).Succeeded);
        Assert.Equal(StrictBill.Schema.Fingerprint, tolerant.Fingerprint);
        Assert.True(StrictBill.Schema.WithParsing(ParseOptions.Default with { CancellationToken = new(canceled: true) }).Parse("""{"total": 1,}""").Succeeded);

        ParseOptions english = GermanBill.Schema.Parsing with { Culture = CultureInfo.GetCultureInfo("en-US") };
        Assert.Equal(1.234m, GermanBill.Schema.Parse(German, english).Value!.Total);
    }

    [Fact]
    public void A_handle_without_a_type_has_defaults_as_well()
    {
        ExtractionSchema schema = ExtractionSchema.FromDescriptor(GermanBill.Schema.Descriptor);
        byte[] answer = Encoding.UTF8.GetBytes(German);
        Assert.Equal(AnswerErrorKind.AmbiguousValue, Assert.Single(schema.Read(answer).Errors).Kind);
        Assert.True(schema.WithParsing(GermanBill.Schema.Parsing).Read(answer).Succeeded);
        Assert.Throws<ArgumentNullException>(() => schema.WithParsing(null!));
    }

    [Fact]
    public void A_reading_that_is_cancelled_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var options = new ParseOptions { CancellationToken = cancelled.Token };
        Assert.Throws<OperationCanceledException>(() => GermanBill.Schema.Parse("{}", options));
        Assert.Throws<OperationCanceledException>(() => GermanBill.Schema.Read("{}"u8, options));
        Assert.Throws<OperationCanceledException>(() => JsonRepair.Repair("{}", options));
        Assert.Throws<OperationCanceledException>(() => JsonRepair.Parse("{}", options));
    }

    [Theory]
    [InlineData("{", "a: 1,\n")]
    [InlineData("[", "x, ")]
    [InlineData("", "{\"total\": 1} ")]
    public void A_long_text_is_left_soon_after_the_cancellation(string start, string unit)
    {
        byte[] text = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(unit, 100_000)));
        using var source = new CancellationTokenSource();
        using AnswerTree tree = AnswerTree.Rent(source.Token);
        var finder = new CandidateFinder(text, tree, null, 64);
        source.Cancel();
        int looked = 0;
        try
        {
            finder.Find();
        }
        catch (OperationCanceledException)
        {
            looked = tree.Count;
        }

        Assert.InRange(looked, 1, 2_000);
    }
}
