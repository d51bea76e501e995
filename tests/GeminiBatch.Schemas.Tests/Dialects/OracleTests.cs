using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GeminiBatch.Schemas.Tests;

[ExtractionSchema]
public sealed partial record Shared(string Text, bool Flag, int Number, double Real, decimal Exact, IReadOnlyList<string> Texts, Shared.Inner Part, IReadOnlyList<Shared.Other> Parts)
{
    public sealed record Inner(string A, int B);

    public sealed record Other(bool C);
}

/// <summary>On what both express alike, the platform's exporter must say the same.</summary>
public class OracleTests
{
    [Fact]
    public void The_json_schema_is_the_platforms_on_the_shared_subset()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            NumberHandling = JsonNumberHandling.Strict,
        };
        var expected = options.GetJsonSchemaAsNode(typeof(Shared), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });

        var own = JsonNode.Parse(Shared.Schema.ResponseJsonSchema.Span);

        Assert.True(JsonNode.DeepEquals(Sort(expected), Sort(own)), $"{expected}\n{own}");
    }

    /// <summary>Keyword order says nothing in JSON Schema.</summary>
    private static JsonNode? Sort(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            return new JsonObject(members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, Sort(member.Value))));
        }

        return node is JsonArray items ? new JsonArray([.. items.Select(Sort)]) : node?.DeepClone();
    }
}
