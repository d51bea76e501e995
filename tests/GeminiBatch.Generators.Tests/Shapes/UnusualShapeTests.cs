using System.Reflection;

namespace GeminiBatch.Generators.Tests;

/// <summary>Shapes whose generated code once did not compile, or read something else than declared.</summary>
public class UnusualShapeTests
{
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "a recursive list reached through a list", "public partial record Root(List<Node> Nodes); public record Node(string Name, List<Node> Kids);", """{"nodes":[{"name":"a","kids":[{"name":"b","kids":[]}]}]}""" },
        { "recursion through two types", "public partial record Root(Left Left); public record Left(Right Right); public record Right(Left? Left, string X);", """{"left":{"right":{"left":{"right":{"left":null,"x":"1"}},"x":"2"}}}""" },
        { "a required property that a constructor sets", "public partial class Root(string a) { public required string A { get; init; } = a; public int B { get; set; } }", """{"a":"x","b":1}""" },
        { "a constructor that sets required members", "public partial class Root { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Root(string a) { A = a; } public required string A { get; init; } }", """{"a":"x"}""" },
        { "a nullable immutable array", "public partial record Root([MaxLength(2)] ImmutableArray<int>? A, ImmutableArray<string>? B);", """{"a":[1,2],"b":null}""" },
        { "a default that only silences the compiler", "public partial record Root(string A = null!, List<int> B = null!);", """{"a":"x","b":[1]}""" },
        { "an init default on a generic record", "public partial record Root(Page<int> A, Cell<string> B); public record Page<T>(T First) { public int Size { get; init; } = 3; public T[] Rest { get; init; } = []; } public record struct Cell<T>(T V) { public int W { get; init; } = 2; }", """{"a":{"first":1,"size":4,"rest":[2]},"b":{"v":"x","w":5}}""" },
        { "an init default on a generic class", "public partial record Root(Page<int> A, Outer<string>.Cell<E?, Key> B, Derived C); public class Page<T> where T : struct { public required T First { get; init; } public int Size { get; init; } = 3; public T[] Rest { get; init; } = []; } public static class Outer<@in> where @in : class { public class Cell<T, TKey> where TKey : notnull, IComparable<TKey>, new() { public T? V { get; init; } public Dictionary<string, @in?> W { get; init; } = new() { [\"k\"] = null }; } } public sealed class Derived : Page<long>; public enum E { X } public class Key : IComparable<Key> { public int CompareTo(Key? other) => 0; }", """{"a":{"first":1,"size":4,"rest":[2]},"b":{"v":"X","w":{"k":"y"}},"c":{"first":5,"size":6,"rest":[]}}""" },
        { "an ignored constructor parameter", "public partial record Root(string A, [property: JsonIgnore] int B = 7, string? C = null);", """{"a":"x","c":"y"}""" },
        { "an obsolete member that no code may use", "public partial record Root(string A) { [Obsolete(\"old\", true)] public int B { get; set; } [Obsolete(\"still read\")] public int C { get; set; } }", """{"a":"x","c":1}""" },
        { "names that need escapes", "public partial record Root([property: JsonPropertyName(\"a\\\"b\\\\c\")] string A, [property: JsonPropertyName(\"d\\ne\")] int B);", "{\"a\\\"b\\\\c\":\"x\",\"d\\ne\":1}".Replace("\n", "\\n", StringComparison.Ordinal) },
        { "read-only, immutable and frozen collections", "public partial record Root(ImmutableList<int> A, IImmutableSet<string> B, ImmutableDictionary<string, int?> C, FrozenSet<int> D, FrozenDictionary<string, Part> E, ReadOnlyCollection<Part> F, SortedSet<int> G, SortedDictionary<int, string> H, Queue<int> I, LinkedList<string?> J, ReadOnlyDictionary<string, int> K, ImmutableSortedSet<int> L, Collection<bool>? M); public record Part(string X);", """{"a":[1],"b":["x"],"c":{"k":null},"d":[2],"e":{"k":{"x":"1"}},"f":[{"x":"2"}],"g":[1,2],"h":{"1":"a"},"i":[1],"j":[null,"y"],"k":{"z":1},"l":[3],"m":null}""" },
        { "free-form nodes", "public partial record Root(JsonNode A, JsonNode? B, List<JsonNode> C, Dictionary<string, JsonElement> D);", """{"a":{"x":[1,null]},"b":null,"c":["1",2,true,[3]],"d":{"k":null}}""" },
        { "a recursive frozen collection", "public partial record Root(string A, ImmutableList<Root> B, FrozenDictionary<string, Root> C);", """{"a":"x","b":[{"a":"y","b":[],"c":{}}],"c":{}}""" },
        { "declared default values", "public enum E { X, Y } public partial record Root([DefaultValue(3)] int A, [DefaultValue(typeof(decimal), \"1.50\")] decimal B, [DefaultValue(\"q\")] string C, [DefaultValue(E.Y)] E D) { [DefaultValue(true)] public bool F { get; init; } [DefaultValue(null)] public int? G { get; set; } }", """{"a":1,"b":2,"c":"c","d":"X","f":false,"g":null}""" },
        { "free-form values of a list", "public partial record Root([AllowedValues(\"none\", 0L, 1.5, true)] JsonElement A, [AllowedValues(\"x\", 1)] JsonNode? B, [DeniedValues(\"\")] JsonElement C);", """{"a":1.5,"b":null,"c":{"d":[]}}""" },
        { "string enum converters", "[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { X, Y } public partial record Root(E A, [property: JsonConverter(typeof(JsonStringEnumConverter))] E B);", """{"a":"X","b":"Y"}""" },
        { "every constraint", "public enum E { X, Y } public partial record Root([EmailAddress] string A, [Url] string B, [Phone] string C, [CreditCard] string D, [Base64String] string E, [AllowedValues(\"p\", \"q\")] string F, [DeniedValues(0, -1)] int G, [AllowedValues(1, 2)] long H, [AllowedValues(E.X)] E I, [Required] string? J, [Length(1, 2)] string[] K, [MinLength(2), StringLength(10)] string L, [Url] Uri M, [DeniedValues(\"n/a\")] string? N, [Range(double.NegativeInfinity, 5)] double O);", """{"a":"a@b.c","b":"https://x.y","c":"+1 555-0100 x2","d":"4111 1111 1111 1111","e":"YQ==","f":"q","g":1,"h":2,"i":"X","j":"y","k":["z"],"l":"ab","m":"http://a.b","n":null,"o":-7}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_shape_compiles_strictly_and_reads_what_it_writes(string name, string declaration, string json)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        Assert.NotEmpty(name);

        var assembly = Load(declaration);
        var round = RoundTrip.Of(assembly, "Shop.Root", json);
        var schema = RoundTrip.SchemaOf(assembly, "Shop.Root");

        Assert.Empty(round.Errors);
        Assert.Equal(AnswerStatus.Exact, round.Status);
        Assert.Equal(json, round.Written);
        Assert.True(round.IsEqualAgain);
        Assert.Empty(round.Violations);
        Assert.Equal(ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(schema.Descriptor.ToJson())).ResponseJsonSchema.ToArray(), schema.ResponseJsonSchema.ToArray());
    }

    [Theory]
    [InlineData("[EmailAddress] string A", "\"x\"", "$.a is x, but must be an e-mail address.")]
    [InlineData("[Url] string A", "\"x\"", "$.a is x, but must be an address that starts with http://, https:// or ftp://.")]
    [InlineData("[Phone] string A", "\"call me\"", "$.a is call me, but must be a telephone number.")]
    [InlineData("[CreditCard] string A", "\"4111 1111 1111 1112\"", "$.a is 4111 1111 1111 1112, but must be a credit card number with a valid check digit.")]
    [InlineData("[Base64String] string A", "\"*\"", "$.a is *, but must be Base64.")]
    [InlineData("[AllowedValues(\"p\", \"q\")] string A", "\"r\"", "$.a is r, but must be one of \"p\", \"q\".")]
    [InlineData("[AllowedValues(1, 2)] int? A", "3", "$.a is 3, but must be one of 1, 2.")]
    [InlineData("[AllowedValues(\"none\", 0L, 1.5, true)] JsonElement A", "false", "$.a is false, but must be one of \"none\", 0, 1.5, true.")]
    [InlineData("[DeniedValues(0)] int A", "0", "$.a is 0, but must be none of 0.")]
    [InlineData("[MinLength(2), StringLength(10)] string A", "\"x\"", "$.a is x, but must be of 2 to 10 characters.")]
    [InlineData("[StringLength(10), MinLength(2)] string A", "\"x\"", "$.a is x, but must be of 2 to 10 characters.")]
    [InlineData("[Required] string A", "\"\"", "$.a is , but must be of at least 1 characters.")]
    [InlineData("[Range(1, 9, MinimumIsExclusive = true)] Int128 A", "1", "$.a is 1, but must be greater than 1 and at most 9.")]
    [InlineData("[Length(1, 1)] ImmutableArray<int>? A", "[]", "$.a is 0 items, but must be of exactly 1 items.")]
    [InlineData("[property: JsonPropertyName(\"a b\"), Range(1, 2)] int A", "3", "$['a b'] is 3, but must be at least 1 and at most 2.")]
    public void A_violation_is_named_in_words_for_the_model(string member, string value, string expected)
    {
        var name = expected.StartsWith("$[", StringComparison.Ordinal) ? "a b" : "a";
        var assembly = Load($"public partial record Root({member});");

        var errors = RoundTrip.Of(assembly, "Shop.Root", $$"""{"{{name}}":{{value}}}""").Errors;

        Assert.Equal(expected, Assert.Single(errors).Message);
    }

    [Theory]
    [InlineData("SnakeCaseLower", "{\"iban_number\":1,\"url2_path\":\"x\"}")]
    [InlineData("SnakeCaseUpper", "{\"IBAN_NUMBER\":1,\"URL2_PATH\":\"x\"}")]
    [InlineData("KebabCaseLower", "{\"iban-number\":1,\"url2-path\":\"x\"}")]
    [InlineData("KebabCaseUpper", "{\"IBAN-NUMBER\":1,\"URL2-PATH\":\"x\"}")]
    [InlineData("Unspecified", "{\"IBANNumber\":1,\"Url2Path\":\"x\"}")]
    [InlineData("CamelCase", "{\"ibanNumber\":1,\"url2Path\":\"x\"}")]
    public void A_naming_policy_is_that_of_the_platform(string policy, string json)
    {
        var assembly = GeneratorRun.Of($$"""
            using System.Text.Json.Serialization;
            [GeminiBatch.ExtractionSchema(PropertyNamingPolicy = JsonKnownNamingPolicy.{{policy}})] public partial record Root(int IBANNumber, string Url2Path);
            """).Load();

        Assert.Equal(AnswerStatus.Exact, RoundTrip.Of(assembly, "Root", json).Status);
    }

    [Theory]
    [InlineData("public partial record Root([property: JsonConverter(typeof(Custom))] int A); public sealed class Custom : JsonConverter<int> { public override int Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => 0; public override void Write(System.Text.Json.Utf8JsonWriter writer, int value, System.Text.Json.JsonSerializerOptions options) { } }", "GB0005")]
    [InlineData("public partial record Root([property: JsonIgnore] int A);", "GB0005")]
    [InlineData("public partial record Root([DefaultValue(\"x\")] int A);", "GB0005")]
    [InlineData("public partial record Root([DefaultValue(2)] int A = 1);", "GB0005")]
    [InlineData("public partial class Root { public required string A; }", "GB0006")]
    [InlineData("public partial record Root([Range(double.NaN, 1)] double A);", "GB0013")]
    [InlineData("public partial record Root([AllowedValues(1), DeniedValues(1)] int A);", "GB0013")]
    [InlineData("public partial record Root([Url] int A);", "GB0013")]
    [InlineData("public partial record Root([AllowedValues(30, 60)] string A);", "GB0013")]
    [InlineData("public partial record Root([AllowedValues(\"1\")] int A);", "GB0013")]
    [InlineData("public partial record Root([DeniedValues(1)] bool A);", "GB0013")]
    [InlineData("public partial record Root(Node<int> A); public record Node<T>(Node<List<T>>? Next);", "GB0003")]
    [InlineData("public partial record Root(Node<int> A); public record Node<T>(List<Node<T[]>> Left, Node<List<T>>? Right, string Name);", "GB0003")]
    [InlineData("public partial record Root(int[][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][] A);", "GB0003")]
    [InlineData("public partial record Root(Tree A); [JsonDerivedType(typeof(Leaf<>), \"leaf\")] public abstract record Tree; public record Leaf<T>(T Value) : Tree;", "GB0003")]
    [InlineData("public partial record Root(Tree A); [JsonDerivedType(typeof(Other), \"other\")] public abstract record Tree; public record Other(int B);", "GB0003")]
    [InlineData("public partial record Root(Own A); public class Own : List<int>;", "GB0003")]
    [InlineData("public partial record Root(Left Left); public record Left(Right Right); public record Right(Left Left);", "GB0012")]
    public void A_shape_that_cannot_be_honoured_is_refused(string declaration, string id)
    {
        ArgumentNullException.ThrowIfNull(declaration);

        Assert.Equal(id, Assert.Single(GeneratorRun.Of(Source(declaration)).GeneratorDiagnostics).Id);
    }

    [Fact]
    public void A_recursive_object_is_never_written_out_empty()
    {
        var schema = RoundTrip.SchemaOf(Load("public partial record Root(Node Top); public record Node(List<Node> Kids);"), "Shop.Root");

        Assert.DoesNotContain("\"properties\":{}", System.Text.Encoding.UTF8.GetString(schema.ResponseSchema.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_JSON_can_hold_is_a_violation()
    {
        var assembly = Load("public enum E { X } public partial record Root(List<double> A, Part B); public record Part(E E); public static class Bad { public static Root Number => new([1, double.NaN], new(E.X)); public static Root Name => new([], new((E)7)); }");
        var bad = assembly.GetType("Shop.Bad")!;

        Assert.Equal("$.a[1]", Validate("Number"));
        Assert.Equal("$.b.e", Validate("Name"));

        string Validate(string property)
        {
            dynamic schema = RoundTrip.SchemaOf(assembly, "Shop.Root");
            dynamic value = bad.GetProperty(property)!.GetValue(null)!;
            return Assert.Single((IReadOnlyList<AnswerError>)schema.Validate(value)).Path;
        }
    }

    [Fact]
    public void The_comparer_takes_an_array_that_was_never_made()
    {
        var assembly = Load("public partial record Root(ImmutableArray<int> A); public static class Use { public static bool Same() => Root.Schema.Comparer.Equals(new Root(default), new Root([])) || !Root.Schema.Comparer.Equals(new Root(default), new Root(default)); }");

        Assert.False((bool)assembly.GetType("Shop.Use")!.GetMethod("Same")!.Invoke(null, null)!);
    }

    private static Assembly Load(string declaration) => GeneratorRun.Of(Source(declaration)).Load();

    private static string Source(string declaration) => $$"""
        using System;
        using System.Collections.Frozen;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        using GeminiBatch;
        namespace Shop;
        {{(declaration.Contains("public partial", StringComparison.Ordinal) ? declaration.Insert(declaration.IndexOf("public partial", StringComparison.Ordinal), "[ExtractionSchema] ") : declaration)}}
        """;
}
