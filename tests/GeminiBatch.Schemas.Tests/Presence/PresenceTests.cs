namespace GeminiBatch.Schemas.Tests;

[ExtractionSchema]
public sealed partial record Presences(string Required, string? Reported, int Optional = 7)
{
    public required int? RequiredNullable { get; init; }

    public string Initialised { get; init; } = "initial";

    public IReadOnlyList<Presences> Recursive { get; init; } = [];

    public Presences? Parent { get; init; }
}

public class PresenceTests
{
    private const string Whole = """{"required":"r","reported":"p","optional":1,"requiredNullable":2,"initialised":"i","recursive":[],"parent":null}""";

    [Fact]
    public void Each_declaration_asks_as_the_table_says() =>
        Assert.Equal(
            [
                ("required", SchemaPresence.Required, false), ("reported", SchemaPresence.Reported, true), ("optional", SchemaPresence.Optional, false),
                ("requiredNullable", SchemaPresence.Required, true), ("initialised", SchemaPresence.Optional, false),
                ("recursive", SchemaPresence.Optional, false), ("parent", SchemaPresence.Optional, true),
            ],
            Presences.Schema.Fields.Select(static field => (field.JsonName, field.Presence, field.Nullable)));

    [Fact]
    public void A_whole_answer_is_exact() => Assert.Equal(AnswerStatus.Exact, Presences.Schema.Parse(Whole).Status);

    [Theory]
    [InlineData("\"required\":\"r\",", AnswerErrorKind.MissingRequired, "$.required")]
    [InlineData("\"requiredNullable\":2,", AnswerErrorKind.MissingRequired, "$.requiredNullable")]
    public void A_missing_required_field_is_an_error(string part, AnswerErrorKind kind, string path)
    {
        var answer = Presences.Schema.Parse(Whole.Replace(part, "", StringComparison.Ordinal));

        Assert.False(answer.Succeeded);
        Assert.Null(answer.Value);
        Assert.Equal((kind, path), (Assert.Single(answer.Errors).Kind, answer.Errors[0].Path));
    }

    [Theory]
    [InlineData("\"reported\":\"p\",", "$.reported")]
    [InlineData("\"optional\":1,", "$.optional")]
    [InlineData("\"initialised\":\"i\",", "$.initialised")]
    public void What_is_missing_and_may_be_is_reported(string part, string path)
    {
        var answer = Presences.Schema.Parse(Whole.Replace(part, "", StringComparison.Ordinal));

        Assert.True(answer.Succeeded);
        Assert.Equal(AnswerStatus.Repaired, answer.Status);
        Assert.Equal((AnswerRepairKind.MissingOptional, path), (Assert.Single(answer.Repairs).Kind, answer.Repairs[0].Path));
    }

    [Fact]
    public void Defaults_stay_where_nothing_was_said()
    {
        var answer = Presences.Schema.Parse("""{"required":"r","requiredNullable":null}""");

        Assert.True(answer.Succeeded, string.Join(", ", answer.Errors));
        Assert.Equal(new Presences("r", null) { RequiredNullable = null }, answer.Value, Presences.Schema.Comparer);
        Assert.Equal((7, "initial"), (answer.Value.Optional, answer.Value.Initialised));
    }

    [Fact]
    public void A_missing_recursive_field_is_nothing_to_report()
    {
        var answer = Presences.Schema.Parse(Whole.Replace(",\"recursive\":[],\"parent\":null", "", StringComparison.Ordinal));

        Assert.Equal(AnswerStatus.Exact, answer.Status);
        Assert.Empty(answer.Value!.Recursive);
    }

    [Theory]
    [InlineData("\"required\":\"r\"", "\"required\":null", "$.required")]
    [InlineData("\"optional\":1", "\"optional\":null", "$.optional")]
    public void Null_is_an_error_where_the_schema_has_none(string from, string to, string path)
    {
        var answer = Presences.Schema.Parse(Whole.Replace(from, to, StringComparison.Ordinal));

        Assert.False(answer.Succeeded);
        Assert.Equal((AnswerErrorKind.UnexpectedNull, path), (Assert.Single(answer.Errors).Kind, answer.Errors[0].Path));
    }

    [Fact]
    public void A_broken_constraint_rejects_the_answer_and_keeps_the_value()
    {
        var answer = Invoice.Schema.Parse("""{"number":"A","issuedOn":null,"currency":"EUR","total":-1,"lines":[]}""");

        Assert.False(answer.Succeeded);
        Assert.Equal(AnswerStatus.Rejected, answer.Status);
        Assert.Equal((AnswerErrorKind.OutOfRange, "$.total"), (Assert.Single(answer.Errors).Kind, answer.Errors[0].Path));
        Assert.Equal(-1, answer.Value?.Total);
        Assert.Equal(answer.Errors, Invoice.Schema.Read("""{"number":"A","issuedOn":null,"currency":"EUR","total":-1,"lines":[]}"""u8).Errors);
    }

    [Fact]
    public void A_constructor_that_refuses_is_an_error_of_the_answer()
    {
        var answer = Picky.Schema.Parse("""{"age":-1}""");

        Assert.False(answer.Succeeded);
        Assert.Contains("may not be negative", Assert.Single(answer.Errors).Message, StringComparison.Ordinal);
    }
}

[ExtractionSchema]
public sealed partial class Picky
{
    public Picky(int age) => Age = age >= 0 ? age : throw new ArgumentException("An age may not be negative.", nameof(age));

    public int Age { get; }
}
