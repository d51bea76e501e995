namespace GeminiBatch.Generators.Tests;

public class TypeCaseTests
{
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "positional record", "public partial record Root(string A, int? B);", """{"a":"x","b":null}""" },
        { "record struct", "public partial record struct Root(string A, int? B);", """{"a":"x","b":2}""" },
        { "class", "public sealed partial class Root { public required string A { get; init; } public int B { get; set; } = 3; }", """{"a":"x","b":4}""" },
        { "struct", "public partial struct Root { public string A { get; init; } public int B { get; init; } }", """{"a":"x","b":4}""" },
        { "init default in struct", "public partial struct Root { public Root() { } public int B { get; init; } = 5; }", """{"b":4}""" },
        { "mixed constructor", "public partial class Root(string a) { public string A { get; } = a; public double C { get; init; } }", """{"a":"x","c":1.5}""" },
        { "integers", "public partial record Root(sbyte A, byte B, short C, ushort D, int E, uint F, long G, ulong H, Int128 I, UInt128 J);", """{"a":-1,"b":255,"c":-3,"d":4,"e":5,"f":6,"g":-7,"h":18446744073709551615,"i":-170141183460469231731687303715884105728,"j":340282366920938463463374607431768211455}""" },
        { "numbers", "public partial record Root(float A, double B, decimal C, float? D, double? E, decimal? F);", """{"a":1.5,"b":-2.25E-05,"c":3.1400,"d":null,"e":1,"f":0.5}""" },
        { "times", "public partial record Root(DateOnly A, TimeOnly B, DateTime C, DateTimeOffset D, TimeSpan E, DateTime F);", """{"a":"2026-02-28","b":"23:59:58.5","c":"2026-02-28T01:02:03","d":"2026-02-28T01:02:03.25-03:30","e":"P1DT12H","f":"2026-02-28T01:02:03Z"}""" },
        { "texts", "public partial record Root(bool A, Guid B, Uri C, string D);", """{"a":true,"b":"0f8fad5b-d9cb-469f-a165-70867728950e","c":"https://example.org/a?b=c","d":"q\"\\\n\u0001é\uD83D\uDE00"}""" },
        { "enums", "public enum Color { Red, [System.Text.Json.Serialization.JsonStringEnumMemberName(\"deep blue\")] Blue = 7 } public partial record Root(Color A, Color? B, Color[] C);", """{"a":"Red","b":null,"c":["deep blue","Red"]}""" },
        { "lists", "public partial record Root(string[] A, List<int> B, IList<int?> C, IReadOnlyList<string?> D, ICollection<bool> E, IReadOnlyCollection<long> F, IEnumerable<decimal> G, System.Collections.Immutable.ImmutableArray<int> H, int[][] I, List<List<string>>? J);", """{"a":["x"],"b":[],"c":[1,null],"d":[null,"y"],"e":[true],"f":[1],"g":[0.1],"h":[4,5],"i":[[1],[]],"j":[["z"]]}""" },
        { "sets", "public partial record Root(HashSet<string> A, ISet<int> B, IReadOnlySet<DateOnly> C);", """{"a":["x","y"],"b":[1],"c":["2026-01-01"]}""" },
        { "maps", "public enum Key { A, B } public partial record Root(Dictionary<string, int> A, IDictionary<Key, string?> B, IReadOnlyDictionary<int, List<bool>> C, Dictionary<string, Dictionary<string, decimal>> D);", """{"a":{"x":1,"y":2},"b":{"A":null},"c":{"-3":[true]},"d":{"k":{"l":1.0}}}""" },
        { "nested", "public partial record Root(Part A, Part? B, List<Part> C, Dictionary<string, Part> D, Value E, Value? F, Value[] G); public record Part(string X); public readonly record struct Value(int Y);", """{"a":{"x":"1"},"b":null,"c":[{"x":"2"}],"d":{"k":{"x":"3"}},"e":{"y":1},"f":{"y":2},"g":[{"y":3}]}""" },
        { "recursive", "public partial record Root(string Name, Root? Next, IReadOnlyList<Root> Children, Dictionary<string, Root> Named);", """{"name":"a","next":{"name":"b","next":null,"children":[],"named":{}},"children":[{"name":"c","next":null,"children":[],"named":{}}],"named":{}}""" },
        { "any", "public partial record Root(System.Text.Json.JsonElement A, List<System.Text.Json.JsonElement> B);", """{"a":{"x":[1,null]},"b":[1,"2",null]}""" },
        { "inheritance", "public abstract record Base(string A); public partial record Root(string A, int B) : Base(A) { public string? C { get; init; } }", """{"a":"x","b":1,"c":"z"}""" },
        { "renamed", "public partial record Root([property: System.Text.Json.Serialization.JsonPropertyName(\"the name\")] string A, string IBAN, string URLPath);", """{"the name":"x","iban":"y","urlPath":"z"}""" },
        { "ignored and computed", "public partial record Root(string A) { public int Length => A.Length; [System.Text.Json.Serialization.JsonIgnore] public int B { get; set; } }", """{"a":"x"}""" },
        { "no members", "public partial record Root;", "{}" },
        { "defaults", "public enum E { X = 1, Y = -2 } public partial record Root(int A = -1, long B = 5, string C = \"q\\\"\", decimal D = 1.50m, double E = 1e300, float F = 0.1f, E G = E.Y, bool H = true, string? I = null, int? J = 3, DateOnly K = default, double L = double.NaN);", """{"a":1,"b":2,"c":"c","d":3.0,"e":4,"f":5,"g":"X","h":false,"i":"i","j":null,"k":"2026-01-01","l":0}""" },
        { "constraints", "public partial record Root([Range(0, 5)] int A, [Range(0.5, 1.5)] double? B, [StringLength(3, MinimumLength = 1)] string C, [MinLength(1), MaxLength(2)] List<int> D, [RegularExpression(\"[a-z]+\")] string E, [Range(0, 100)] Int128 F, [Range(typeof(decimal), \"0.1\", \"0.9\")] decimal? G, [MaxLength(2)] Dictionary<string, int> H, [Range(1, 2)] float I, [Range(1, 9)] ulong J);", """{"a":5,"b":1,"c":"abc","d":[1],"e":"abc","f":7,"g":null,"h":{},"i":1.5,"j":3}""" },
        { "keywords", "public partial record Root(string @class, int @event) { public string @new { get; init; } = \"\"; public int reader { get; set; } = 1; public string? cursor { get; set; } public int result { get; init; } public int field { get; set; } }", """{"class":"a","event":1,"new":"n","reader":2,"cursor":null,"result":3,"field":4}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_shape_compiles_strictly_and_reads_what_it_writes(string name, string declaration, string json)
    {
        Assert.NotEmpty(name);
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using System.ComponentModel.DataAnnotations;
            using GeminiBatch;
            namespace Shop;
            {{Annotate(declaration)}}
            """;

        var round = RoundTrip.Of(GeneratorRun.Of(source).Load(), "Shop.Root", json);

        Assert.Equal(AnswerStatus.Exact, round.Status);
        Assert.Equal(json, round.Written);
        Assert.True(round.IsEqualAgain);
        Assert.Empty(round.Violations);
    }

    private static string Annotate(string declaration)
    {
        var root = declaration.IndexOf("public sealed partial", StringComparison.Ordinal) is >= 0 and var index
            ? index
            : declaration.IndexOf("public partial", StringComparison.Ordinal);
        return declaration.Insert(root, "[ExtractionSchema] ");
    }
}
