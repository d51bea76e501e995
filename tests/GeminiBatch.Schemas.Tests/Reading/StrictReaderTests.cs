using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Runtime;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

public class StrictReaderTests
{
    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":1,"lines":[]} x""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":1,"lines":[],}""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":1,"lines":[],"extra":1}""")]
    [InlineData("""{"number":"A","number":"A","issuedOn":null,"currency":"EUR","total":1,"lines":[]}""")]
    [InlineData("""{"number":"A","issuedOn":"2026-02-30","currency":"EUR","total":1,"lines":[]}""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"eur","total":1,"lines":[]}""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":"1","lines":[]}""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":01,"lines":[]}""")]
    [InlineData("""{"number":null,"issuedOn":null,"currency":"EUR","total":1,"lines":[]}""")]
    [InlineData("""{"number":"A","currency":"EUR","total":1,"lines":[]}""")]
    [InlineData("""{"number":"A","issuedOn":null,"currency":"EUR","total":-1,"lines":[]}""")]
    [InlineData("""{"number":"A""")]
    [InlineData("")]
    public void Whatever_is_not_clean_leaves_the_fast_path(string answer)
    {
        Assert.NotEqual(AnswerStatus.Exact, Invoice.Schema.Parse(answer, ParseOptions.Strict).Status);
    }

    [Fact]
    public void A_depth_without_bound_is_bounded_all_the_same()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"name":"x","left":""", 5000)) + "null" + string.Concat(Enumerable.Repeat(""","children":[]}""", 5000));

        var answer = ExtractionSchema.Of<Everything>().Parse("{\"tree\":" + deep + "}", new ParseOptions { MaxDepth = int.MaxValue });

        Assert.False(answer.Succeeded);
    }

    [Fact]
    public void Member_order_and_white_space_do_not_matter()
    {
        var answer = Invoice.Schema.Parse(" {\n\t\"lines\" : [ ] , \"total\":0,\"currency\":\"USD\",\"number\":\"\\u0041\",\r\n\"issuedOn\":\"2024-02-29\" } ");

        Assert.Equal(AnswerStatus.Exact, answer.Status);
        Assert.Equal(new Invoice("A", new DateOnly(2024, 2, 29), Currency.USD, 0, []), answer.Value, Invoice.Schema.Comparer);
    }

    /// <summary>The reader's grammar is JSON's: what it takes is what the platform's reader takes, with the same value.</summary>
    [Fact]
    public void The_strict_grammar_is_the_platforms()
    {
        var pieces = Gen.Elements(
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\\"", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\x", "a", "é", " ", "\n", "\t", "\u0001",
            "0", "1", "-", ".", "e", "+", "E5", "1.5", "-0", "01", "1e400", "true", "false", "null", "\"a\"", "\"key\":", "tru");
        var texts = Gen.OneOf(
            Gen.ListOf(pieces, 6).Select(static list => string.Concat(list)),
            Gen.ListOf(pieces, 6).Select(static list => "\"" + string.Concat(list) + "\""),
            Gen.ListOf(pieces, 3).Select(static list => "[" + string.Join(",", list) + "]"),
            Gen.ListOf(pieces, 3).Select(static list => "{\"k\":" + string.Concat(list) + "}"));

        Check.One(PropertyRounds.Of(5000), Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Platform(utf8, JsonValueKind.String, static element => element.GetString()), Own(utf8, static (scoped ref reader) => reader.ReadString()));
            Assert.Equal(Platform(utf8, JsonValueKind.Number, static element => element.GetRawText()), Own(utf8, static (scoped ref reader) => Raw(ref reader)));
            Assert.Equal(
                Platform(utf8, JsonValueKind.Array, static element => element.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String) ? string.Join("|", element.EnumerateArray().Select(static item => item.GetString())) : null),
                Own(utf8, static (scoped ref reader) => string.Join("|", reader.ReadList(static (scoped ref reader) => reader.ReadString()))));
        }));

        static string? Raw(scoped ref AnswerReader reader)
        {
            var value = reader.ReadNumber<double>();
            return reader.Failed ? null : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        }

        static string? Platform(byte[] utf8, JsonValueKind kind, Func<JsonElement, string?> read)
        {
            try
            {
                using var document = JsonDocument.Parse(utf8);
                var element = document.RootElement;
                return element.ValueKind != kind ? null
                    : kind != JsonValueKind.Number ? read(element)
                    : element.TryGetDouble(out var number) && double.IsFinite(number) ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : null;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return null;
            }
        }

        static string? Own(byte[] utf8, ValueReader<string?> read)
        {
            var reader = new AnswerReader(utf8, 64, canonical: false);
            var value = read(ref reader);
            return reader.IsComplete() ? value : null;
        }
    }

    [Fact]
    public void Durations_survive_their_wire_form()
    {
        Check.One(PropertyRounds.Of(1000), Prop.ForAll<long>(static ticks =>
        {
            foreach (var value in new[] { new TimeSpan(ticks), new TimeSpan(ticks * 864_000_000_007), TimeSpan.MinValue, TimeSpan.MaxValue })
            {
                Assert.True(WireFormat.TryReadDuration(Encoding.UTF8.GetBytes(IsoDuration.Write(value)), out var again));
                Assert.Equal(value, again);
            }
        }));
    }

    [Theory]
    [InlineData("PT1H30M", "01:30:00")]
    [InlineData("P1DT0.5S", "1.00:00:00.5000000")]
    [InlineData("-PT5M", "-00:05:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("01:30:00", "01:30:00")]
    [InlineData("P1Y", null)]
    [InlineData("P", null)]
    [InlineData("PT", null)]
    [InlineData("P1DT", null)]
    [InlineData("PT1M1H", null)]
    [InlineData("PT1..5S", null)]
    public void Durations_are_read_in_both_forms(string text, string? expected)
    {
        var found = WireFormat.TryReadDuration(Encoding.UTF8.GetBytes(text), out var value);

        Assert.Equal(expected, found ? value.ToString("c", System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [Theory]
    [InlineData("2026-11-22T10:00:00", "2026-11-22T10:00:00")]
    [InlineData("2026-11-22T10:00:00.1234567+02:00", "2026-11-22T08:00:00.1234567Z")]
    [InlineData("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z")]
    [InlineData("2026-11-22T24:00:00", null)]
    [InlineData("2026-11-22T10:00:00+15:00", null)]
    [InlineData("2026-11-22 10:00:00", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    public void Dates_with_times_are_iso(string text, string? expected)
    {
        var found = WireFormat.TryReadDateTime(Encoding.UTF8.GetBytes(text), out var value);

        Assert.Equal(expected, found ? WireFormat.Write(value) : null);
    }
}
