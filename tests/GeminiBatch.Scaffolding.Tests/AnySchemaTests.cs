using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Scaffolding.Tests;

/// <summary>Whatever the schema, the source compiles without a warning.</summary>
public sealed class AnySchemaTests
{
    private static readonly string[] Names =
    [
        "a", "A", "name", "Name", "first_name", "class", "2nd", "", "uri", "List", "string", "System", "équipe", "数量", "a-b", "a b", "\"", "\\", "equals",
        "GetType", "Value", "value2", "root", "Answer", "line\nbreak", "🙂", "type", "Type", "items", "Items", "I", "ı", "task", "Object",
    ];

    private static readonly string[] Words = ["Plain words.", "<b> & \"quotes\" \\ back", "two\nlines", "  spaced  ", "*/ // ///", "\u2028\u0000", "", "]]>", "{0}", "日本語 🙂"];

    private static readonly string[] Formats = ["date", "time", "date-time", "duration", "uuid", "uri", "email", "int32", "decimal", "float", "uint64", "odd"];

    [Fact]
    public void Any_schema_becomes_source_that_compiles_without_a_warning()
    {
        var schemas = Roots().ToArbitrary();

        Check.One(PropertyRounds.Of(150), Prop.ForAll(schemas, schema =>
        {
            foreach (var options in new[] { new ScaffoldingOptions(), new ScaffoldingOptions { WrapRoot = true, OneFilePerType = false, DecimalNumbers = true } })
            {
                var source = SchemaScaffolder.Scaffold(schema, options);
                var complaints = ScaffoldCompilation.Complaints(source);
                Assert.True(complaints.Count == 0, $"{schema}\n{string.Join('\n', complaints)}");
                Assert.Equal(source.Files, SchemaScaffolder.Scaffold(schema, options).Files);
            }
        }));
    }

    private static Gen<string> Roots() =>
        from root in Schemas(3)
        from definitions in Gen.ListOf(Schemas(2), 3)
        select Rooted(root, definitions);

    private static string Rooted(JsonObject root, IEnumerable<JsonObject> definitions)
    {
        root = (JsonObject)root.DeepClone();
        root["$defs"] = new JsonObject(definitions.Select((definition, index) => KeyValuePair.Create($"D{index}", (JsonNode?)definition.DeepClone())));
        return root.ToJsonString();
    }

    private static Gen<JsonObject> Schemas(int depth) =>
        from schema in depth == 0 ? Scalars() : Gen.Frequency((3, Scalars()), (4, Objects(depth)), (2, Lists(depth)), (1, Maps(depth)), (2, Unions(depth)), (2, References()))
        from words in Gen.Frequency((2, Gen.Constant((string?)null)), (1, Gen.Elements(Words).Select(word => (string?)word)))
        from nullable in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select With(schema, words is null ? null : ("description", JsonValue.Create(words)), nullable ? ("nullable", JsonValue.Create(true)) : null);

    private static Gen<JsonObject> Scalars() => Gen.OneOf(
        from type in Gen.Elements("string", "STRING", "integer", "number", "boolean", "null")
        from format in Gen.Frequency((2, Gen.Constant((string?)null)), (1, Gen.Elements(Formats).Select(format => (string?)format)))
        from minimum in Gen.Choose(-5, 5)
        from bounded in Gen.Elements(true, false)
        select With(new JsonObject { ["type"] = type }, format is null ? null : ("format", JsonValue.Create(format)),
            bounded ? ("minimum", JsonValue.Create(minimum)) : null, bounded ? ("maxLength", JsonValue.Create("7")) : null),
        from values in Gen.NonEmptyListOf(Gen.Elements(Names)).Resize(5)
        select new JsonObject { ["enum"] = List(values) },
        from value in Gen.Elements("1", "-9223372036854775808", "1.5", "1e300", "true", "null", "\"x\"", "[1]")
        select new JsonObject { ["const"] = JsonNode.Parse(value) },
        from text in Gen.Elements(Words)
        select new JsonObject { ["type"] = "string", ["default"] = text, ["pattern"] = text },
        Gen.Constant(new JsonObject()));

    private static Gen<JsonObject> Objects(int depth) =>
        from names in Gen.NonEmptyListOf(Gen.Elements(Names)).Resize(6)
        from schemas in Gen.ListOf(Schemas(depth - 1), names.Count)
        from required in Gen.ListOf(Gen.Elements(Names)).Resize(5)
        from title in Gen.Elements(Names)
        select new JsonObject
        {
            ["type"] = "object",
            ["title"] = title,
            ["properties"] = new JsonObject(names.Zip(schemas).DistinctBy(pair => pair.First)
                .Select(pair => KeyValuePair.Create(pair.First, (JsonNode?)pair.Second.DeepClone()))),
            ["required"] = List(required),
        };

    private static Gen<JsonObject> Lists(int depth) =>
        from item in Schemas(depth - 1)
        from unique in Gen.Elements(true, false)
        from minimum in Gen.Choose(0, 3)
        select new JsonObject { ["type"] = "array", ["items"] = item.DeepClone(), ["uniqueItems"] = unique, ["minItems"] = minimum };

    private static Gen<JsonObject> Maps(int depth) =>
        from value in Schemas(depth - 1)
        select new JsonObject { ["type"] = "object", ["additionalProperties"] = value.DeepClone() };

    private static Gen<JsonObject> Unions(int depth) =>
        from keyword in Gen.Elements("anyOf", "oneOf")
        from choices in Gen.NonEmptyListOf(Schemas(depth - 1)).Resize(4)
        select new JsonObject { [keyword] = new JsonArray([.. choices.Select(choice => choice.DeepClone())]) };

    /// <summary>Definitions lead anywhere but straight into themselves, which is no schema.</summary>
    private static Gen<JsonObject> References() =>
        from index in Gen.Choose(0, 2)
        select new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/$defs/D{index}" }, new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["end"] = new JsonObject() } }) };

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal).Select(value => (JsonNode?)value)]);

    private static JsonObject With(JsonObject schema, params ReadOnlySpan<(string Keyword, JsonValue Value)?> additions)
    {
        var copy = (JsonObject)schema.DeepClone();
        foreach (var addition in additions)
        {
            if (addition is { } pair)
            {
                copy[pair.Keyword] = pair.Value;
            }
        }

        return copy;
    }
}
