using System.Reflection;
using System.Text;

namespace GeminiBatch.Generators.Tests;

public class RootTests
{
    public static TheoryData<string, string, string, string, string> Roots { get; } = new()
    {
        { "List<Part>", "ListPart", "items", """[{"name":"a"},{"name":"b"}]""", """{"items":[{"name":"a"},{"name":"b"}]}""" },
        { "IReadOnlyList<Part>", "IReadOnlyListPart", "items", "[]", """{"items":[]}""" },
        { "Part[]", "PartArray", "items", """[{"name":"a"}]""", """{"items":[{"name":"a"}]}""" },
        { "System.Collections.Immutable.ImmutableArray<int>", "ImmutableArrayInt32", "items", "[1,2]", """{"items":[1,2]}""" },
        { "HashSet<string>", "HashSetString", "items", """["a"]""", """{"items":["a"]}""" },
        { "Dictionary<string, Part>", "DictionaryStringPart", "value", """{"k":{"name":"a"}}""", """{"value":[{"key":"k","value":{"name":"a"}}]}""" },
        { "Shade", "Shade", "value", "\"Dark\"", """{"value":"Dark"}""" },
        { "int", "Int32", "value", "7", """{"value":7}""" },
        { "decimal", "Decimal", "value", "7.50", """{"value":7.50}""" },
        { "string", "String", "value", "\"x\"", """{"value":"x"}""" },
        { "System.DateOnly", "DateOnly", "value", "\"2026-11-22\"", """{"value":"2026-11-22"}""" },
        { "Payment", "Payment", "value", """{"kind":"card","number":"4","network":null}""", """{"value":{"kind":"card","number":"4","network":null}}""" },
        { "Page<Part>", "PagePart", "", """{"rows":[{"name":"a"}]}""", """{"rows":[{"name":"a"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Roots))]
    public void A_root_of_any_kind_is_asked_for_in_an_object_and_read_out_of_it(string type, string property, string member, string bare, string asked)
    {
        var assembly = GeneratorRun.Of($$"""
            using System.Collections.Generic;
            using System.Text.Json.Serialization;
            using GeminiBatch;
            namespace Shop;
            public sealed record Part(string Name);
            public sealed record Page<T>(List<T> Rows);
            public enum Shade { Light, Dark }
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Card), "card")]
            public abstract record Payment;
            public sealed record Card(string Number, string? Network) : Payment;
            [ExtractionSchema<{{type}}>] public static partial class Foreign;
            """).Load();
        var schema = (ExtractionSchema)assembly.GetType("Shop.Foreign")!.GetProperty(property)!.GetValue(null)!;

        var fromAsked = Reading.Of(schema, asked);
        var fromBare = Reading.Of(schema, bare);

        Assert.Equal(member, schema.Descriptor.RootMember ?? "");
        Assert.Equal((AnswerStatus.Exact, bare, true), fromAsked);
        Assert.Equal((AnswerStatus.Exact, bare, true), fromBare);
        Assert.StartsWith(member.Length == 0 ? "{\"type\":\"object\"" : $$$"""{"type":"object","properties":{"{{{member}}}":""", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
        Assert.Equal(ExtractionSchema.FromDescriptor(schema.Descriptor).PromptInstructions, schema.PromptInstructions);
    }

    [Fact]
    public void An_enum_root_is_one_bare_word_where_the_dialect_has_a_form_for_it()
    {
        var assembly = GeneratorRun.Of("public enum Shade { Light, Dark } [GeminiBatch.ExtractionSchema<Shade>] public static partial class Foreign;").Load();
        var schema = (ExtractionSchema)assembly.GetType("Foreign")!.GetProperty("Shade")!.GetValue(null)!;

        Assert.Equal("""{"type":"STRING","format":"enum","enum":["Light","Dark"]}""", Encoding.UTF8.GetString(schema.ResponseSchema.Span));
        Assert.Equal("text/x.enum", schema.ResponseMimeType);
        Assert.Equal((AnswerStatus.Exact, "\"Dark\"", true), Reading.Of(schema, "Dark\n"));
        Assert.Equal("\"Dark\"", Encoding.UTF8.GetString(schema.Read("Dark"u8).CanonicalJson.Span));
        Assert.Equal(AnswerStatus.Exact, schema.Read("Dark"u8).Status);
    }

    [Theory]
    [InlineData("int?")]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("(int, string)")]
    [InlineData("System.Collections.IEnumerable")]
    [InlineData("System.IO.Stream")]
    public void What_cannot_be_a_root_is_refused(string type)
    {
        var run = GeneratorRun.Of($"[GeminiBatch.ExtractionSchema<{type}>] public static partial class Foreign;");

        Assert.Contains(run.GeneratorDiagnostics, static diagnostic => diagnostic.Id is "GB0011" or "GB0003");
        Assert.Empty(run.Sources);
    }

    /// <summary>One answer read by a handle whose type only the loaded assembly knows.</summary>
    private static class Reading
    {
        public static (AnswerStatus Status, string Written, bool IsEqualAgain) Of(ExtractionSchema schema, string answer)
        {
            var method = typeof(Reading).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!;
            return ((AnswerStatus, string, bool))method.MakeGenericMethod(schema.GetType().GetGenericArguments()).Invoke(null, [schema, answer])!;
        }

        private static (AnswerStatus, string, bool) Run<T>(ExtractionSchema<T> schema, string json)
        {
            var answer = schema.Parse(json);
            Assert.True(answer.Succeeded, string.Join("\n", answer.Errors));
            Assert.Empty(schema.Validate(answer.Value));
            var written = schema.Write(answer.Value);
            var again = schema.Parse(written).Value;
            return (answer.Status, written, again is not null && schema.Comparer.Equals(answer.Value, again) && schema.Comparer.GetHashCode(answer.Value) == schema.Comparer.GetHashCode(again));
        }
    }
}
