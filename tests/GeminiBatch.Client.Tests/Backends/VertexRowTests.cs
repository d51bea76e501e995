using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Client.Tests.Wire;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Backends;

/// <summary>Protocol 3.5, 3.7 and 10 (no. 23, 24, 29, 30): rows of Vertex AI, there and back.</summary>
public sealed class VertexRowTests
{
    private const string Key = "abcdefghijklmnopqrstuvwxyz";
    private static readonly GeminiRequest Request = new() { Contents = [GeminiContent.FromText("x")] };

    [Fact]
    public void A_row_carries_its_key_as_column_and_label_and_metadata_as_flat_columns_of_one_type() => Assert.Equal(
        """{"key":"abcdefghijklmnopqrstuvwxyz","request":{"contents":[{"role":"user","parts":[{"text":"x"}]}],"labels":{"custom_id":"abcdefghijklmnopqrstuvwxyz"}},"gb_s_supplier":"ACME","gb_i_year":2026,"gb_n_net__weight":"12.50","gb_b_is_paid":true}""",
        Write(Request, """{"supplier":"ACME","year":2026,"net_weight":12.50,"isPaid":true,"nothing":null}"""));

    [Theory]
    [InlineData("""{"a":"text"}""")]
    [InlineData("""{"A":1,"a":2}""")]
    [InlineData("""{"":false}""")]
    [InlineData("""{"status":"mine","request":"mine","key":"mine"}""")]
    [InlineData("""{"Größe":12345678901234567890.125,"with space":-0.5,"😀":9223372036854775807}""")]
    public void Metadata_comes_back_as_it_was_sent(string metadata)
    {
        if (metadata.Contains("\"\"", StringComparison.Ordinal))
        {
            // A column needs a name.
            Assert.Null(Read(Write(Request, metadata)).Metadata);
            return;
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(metadata), JsonNode.Parse(Read(Write(Request, metadata)).Metadata!)));
    }

    [Fact]
    public void Column_names_are_legal_and_differ_also_without_case() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        ArbMap.Default.ArbFor<NonNull<string>>(),
        static (one, other) =>
        {
            (string first, string second) = (Column(Shortened(one.Get)), Column(Shortened(other.Get)));
            bool legal = first.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && first.Length <= 300;
            return legal && (Shortened(one.Get) == Shortened(other.Get)) == string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
        }).Check(PropertyRounds.Of(100));

    [Fact]
    public void Nested_metadata_is_refused_because_it_would_fail_the_whole_job() =>
        Assert.Contains("[JsonEncoded]", Assert.Throws<InvalidOperationException>(() => Write(Request, """{"a":{"b":1}}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_tool_object_is_filled_where_that_is_known_and_refused_elsewhere()
    {
        Assert.Contains("""{"googleSearch":{"timeRangeFilter":null}}""", Write(Request with { Tools = [GeminiTool.GoogleSearch] }, null), StringComparison.Ordinal);
        Assert.Contains("tools.codeExecution", Assert.Throws<InvalidOperationException>(() => Write(Request with { Tools = [GeminiTool.CodeExecution] }, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"responseSchema":{"properties":{"a":{}}}}""", "generationConfig.responseSchema.properties.a")]
    [InlineData("""{"responseJsonSchema":{"items":{}}}""", "generationConfig.responseJsonSchema.items")]
    [InlineData("""{"speechConfig":{ }}""", "generationConfig.speechConfig")]
    [InlineData("""{"responseSchema":{"description":"Write {} for nothing."}}""", null)]
    public void An_empty_object_in_the_settings_is_refused_with_its_place(string settings, string? place)
    {
        GeminiRequest request = Request with { Settings = GenerationSettings.FromJson(settings) };

        string? message = Record.Exception(() => Write(request, null))?.Message;

        Assert.Equal(place is null, message is null);
        Assert.Contains($"'{place}'", message ?? "''", StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_labels_has_none()
    {
        Assert.DoesNotContain("labels", Write(Request, null, label: false), StringComparison.Ordinal);
        Assert.DoesNotContain("labels", Write(Request, null, key: "Not A Label"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_request_s_hash_survives_what_the_echo_does_to_it()
    {
        string sent = """{"contents":[{"role":"user","parts":{"text":"x"}}],"generationConfig":{"maxOutputTokens":512,"temperature":1.0}}""";
        string echo = """{"generation_config":{"temperature":1,"max_output_tokens":512,"top_k":null},"labels":{"custom_id":"q"},"contents":[{"parts":[{"file_data":null,"text":"x","inlineData":null}],"role":"user"}],"tools":[],"safetySettings":null}""";

        Assert.Equal(Hash(sent), Hash(echo));
        Assert.NotEqual(Hash(sent), Hash(sent.Replace("512", "513", StringComparison.Ordinal)));
        Assert.NotEqual(Hash("""{"a":"1"}"""), Hash("""{"a":["1","1"]}"""));
        Assert.NotEqual(Hash("""{"a":"b","c":"d"}"""), Hash("""{"a":"bc","":"d"}"""));
    }

    [Fact]
    public void The_recorded_echoes_hash_like_the_requests_that_were_sent()
    {
        var sent = new HashSet<UInt128>();
        foreach (string line in SharedData.Lines("real", "requests_vertex.jsonl"))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            sent.Add(RequestHash.Of(row.RootElement.GetProperty("request")));
        }

        int known = 0;
        foreach (string line in SharedData.Lines("real", "results_vertex.jsonl"))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            known += row.RootElement.TryGetProperty("request", out JsonElement request) && sent.Contains(RequestHash.Of(request)) ? 1 : 0;
        }

        Assert.True(known >= 5, $"{known} of the recorded echoes were recognised.");
    }

    internal static UInt128 Hash(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return RequestHash.Of(document.RootElement);
    }

    private static string Column(string name) => MetadataColumns.Column('s', name);

    private static string Shortened(string name) => string.Concat(name.Where(static c => !char.IsSurrogate(c)).Take(30));

    private static ResultRow Read(string row) => ResultRowReader.Read(Encoding.UTF8.GetBytes(row));

    private static string Write(GeminiRequest request, string? metadata, bool label = true, string key = Key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new VertexRowWriter(label).Write(writer, key, request, metadata);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
