using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

/// <summary>On what both express, System.Text.Json reads what is written here, and what it writes is a clean answer.</summary>
public class PlatformOracleTests
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
    };

    [Fact]
    public void Both_read_what_the_other_writes()
    {
        Check.One(PropertyRounds.Of(200), Prop.ForAll(Values().ToArbitrary(), static value =>
        {
            var own = Exchange.Schema.Write(value);
            var platform = JsonSerializer.Serialize(value, s_options);

            var parsed = Exchange.Schema.Parse(platform);
            Assert.Equal(AnswerStatus.Exact, parsed.Status);
            Assert.Equal(value, parsed.Value, Exchange.Schema.Comparer);
            Assert.Equal(value, JsonSerializer.Deserialize<Exchange>(own, s_options), Exchange.Schema.Comparer);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(platform), JsonNode.Parse(own)), $"{platform}\n{own}");
        }));
    }

    private static Gen<Exchange> Values()
    {
        var map = ArbMap.Default;
        var text = map.GeneratorFor<string?>().Select(static value => new string([.. (value ?? "").Where(static character => !char.IsSurrogate(character))]));
        return from words in Gen.ArrayOf(text, 3)
               from seed in map.GeneratorFor<int>()
               from wide in map.GeneratorFor<ulong>()
               from exact in map.GeneratorFor<decimal>()
               from when in map.GeneratorFor<DateTime>()
               from id in map.GeneratorFor<Guid>()
               from depth in Gen.Choose(0, 3)
               select new Exchange(
                   Pay(depth, words[0], exact), seed % 2 == 0 ? null : Pay(depth + 1, words[1], null), [.. Enumerable.Range(0, depth).Select(level => Pay(level, words[2], exact))],
                   new Page<int?>([seed, null]) { Size = depth }, new Page<string>([.. words]), words.Distinct().ToImmutableDictionary(static word => word, static word => word.Length % 2 == 0 ? Shade.Light : Shade.Dark),
                   seed % 3 == 0 ? null : new JsonObject { ["a"] = new JsonArray(words[0], seed, null, true) }, DateOnly.FromDateTime(when), new TimeOnly(when.Hour, when.Minute, when.Second), id, exact, wide, seed % 5 == 0 ? null : Shade.Dark)
               { IBANNumber = words[1] };
    }

    private static Payment Pay(int depth, string number, decimal? amount) =>
        depth % 2 == 0 ? new CashPayment { Amount = amount, IsForeign = depth > 0 } : new CardPayment(number, depth < 2 ? null : Pay(depth - 1, number, amount)) { Amount = amount };
}
