namespace GeminiBatch.Generators.Tests;

public class UnionTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using GeminiBatch;
        namespace Shop;
        [ExtractionSchema] public sealed partial record Order(Payment Payment, Payment? Second, List<Payment> Others, Dictionary<string, Shape> Shapes, Card Plain);

        /// <summary>How it was paid.</summary>
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Cash), "cash"), JsonDerivedType(typeof(Gold), "gold")]
        public abstract record Payment;
        /// <summary>By card.</summary>
        public record Card(string Number, [property: System.ComponentModel.DataAnnotations.Range(1, 12)] int Month) : Payment;
        public sealed record Gold(string Number, int Month, int Points) : Card(Number, Month);
        public sealed record Cash : Payment { public decimal? Tip { get; init; } public List<Payment> Before { get; init; } = []; }

        [JsonDerivedType(typeof(Shape)), JsonDerivedType(typeof(Square), 1)]
        public class Shape { public string? Name { get; init; } }
        public sealed class Square : Shape { public required int Side { get; init; } }
        """;

    [Fact]
    public void A_union_reads_and_writes_its_cases()
    {
        const string Json = """
            {"payment":{"kind":"card","number":"4","month":2},"second":null,"others":[{"kind":"gold","number":"5","month":3,"points":7},{"kind":"cash","tip":null,"before":[{"kind":"cash","tip":1.5,"before":[]}]}],"shapes":{"a":{"$type":"1","name":"sq","side":3},"b":{"$type":"Shape","name":null}},"plain":{"number":"6","month":4}}
            """;

        var round = RoundTrip.Of(GeneratorRun.Of(Source).Load(), "Shop.Order", Json.Trim());

        Assert.Equal(AnswerStatus.Exact, round.Status);
        Assert.Equal(Json.Trim(), round.Written);
        Assert.True(round.IsEqualAgain);
        Assert.Empty(round.Violations);
    }

    [Fact]
    public void Both_dialects_and_the_prompt_say_the_cases()
    {
        var flat = Source.Replace(" public List<Payment> Before { get; init; } = [];", "", StringComparison.Ordinal);
        var schema = RoundTrip.SchemaOf(GeneratorRun.Of(flat).Load(), "Shop.Order");
        var untyped = ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(schema.Descriptor.ToJson()));

        GeminiBatch.Testing.Snapshot.Matches(Text(schema.ResponseSchema) + "\n\n" + Text(schema.ResponseJsonSchema) + "\n\n" + schema.PromptInstructions + "\n", "Union", "txt");
        Assert.Equal(schema.ResponseJsonSchema.ToArray(), untyped.ResponseJsonSchema.ToArray());
        Assert.Equal(schema.Fingerprint, untyped.Fingerprint);

        static string Text(ReadOnlyMemory<byte> json) => System.Text.Encoding.UTF8.GetString(json.Span);
    }

    [Theory]
    [InlineData("[JsonDerivedType(typeof(A), \"a\"), JsonDerivedType(typeof(B), \"a\")] public abstract record Root; public record A : Root; public record B : Root;", "GB0004")]
    [InlineData("[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(A), \"a\")] public abstract record Root; public record A(string Kind) : Root;", "GB0004")]
    [InlineData("[JsonDerivedType(typeof(A), \"a\")] public abstract record Root; public abstract record A : Root;", "GB0006")]
    [InlineData("[JsonDerivedType(typeof(A), \"a\")] public abstract record Root; public record A(Root Next) : Root;", "GB0012")]
    public void A_union_that_cannot_be_told_apart_is_refused(string declaration, string id)
    {
        var run = GeneratorRun.Of($"using System.Text.Json.Serialization; {declaration} [GeminiBatch.ExtractionSchema<Root>] public static partial class Foreign;");

        Assert.Equal(id, Assert.Single(run.GeneratorDiagnostics).Id);
    }

    [Fact]
    public void An_annotated_base_has_a_handle()
    {
        var assembly = GeneratorRun.Of("""
            using System.Text.Json.Serialization;
            using GeminiBatch;
            [ExtractionSchema, JsonDerivedType(typeof(A), "a")] public abstract partial record Base;
            [ExtractionSchema] public sealed partial record A(string X) : Base;
            public static class Use { public static string Read() => (Base.Schema.Parse("{\"value\":{\"$type\":\"a\",\"x\":\"1\"}}").Value as A)?.X + ExtractionSchema.Of<A>().Parse("{\"x\":\"2\"}").Value?.X; }
            """).Load();

        Assert.Equal("12", assembly.GetType("Use")!.GetMethod("Read")!.Invoke(null, null));
    }
}
