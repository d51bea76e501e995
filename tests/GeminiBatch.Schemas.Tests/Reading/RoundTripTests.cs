using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

public class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_back_equal()
    {
        Check.One(PropertyRounds.Of(500), Prop.ForAll(Values().ToArbitrary(), static value =>
        {
            var answer = Everything.Schema.Parse(Everything.Schema.WriteUtf8(value));

            Assert.Equal(AnswerStatus.Exact, answer.Status);
            Assert.Equal(value, answer.Value, Everything.Schema.Comparer);
            Assert.Equal(Everything.Schema.Write(value), Everything.Schema.Write(answer.Value!));
        }));
    }

    [Fact]
    public void Both_tiers_read_the_same_value()
    {
        Check.One(PropertyRounds.Of(200), Prop.ForAll(Values().ToArbitrary(), static value =>
        {
            var clean = Everything.Schema.Write(value);

            var tolerant = Everything.Schema.Parse("```json\n" + clean + "\n```");

            Assert.True(tolerant.Succeeded, string.Join(", ", tolerant.Errors));
            Assert.Equal(value, tolerant.Value, Everything.Schema.Comparer);
            Assert.Equal(AnswerStatus.Exact, Everything.Schema.Read(System.Text.Encoding.UTF8.GetBytes(clean)).Status);
        }));
    }

    [Fact]
    public void A_truncated_answer_never_passes_for_whole()
    {
        Check.One(PropertyRounds.Of(100), Prop.ForAll(Values().ToArbitrary(), static value =>
        {
            var clean = Everything.Schema.WriteUtf8(value);
            foreach (var length in new[] { 1, clean.Length / 3, clean.Length / 2, clean.Length - 2 })
            {
                Assert.False(Everything.Schema.Parse(clean.AsSpan(0, length)).Succeeded);
            }
        }));
    }

    private static Gen<Everything> Values()
    {
        var map = ArbMap.Default;
        var text = map.GeneratorFor<string?>().Select(static value => new string([.. (value ?? "").Where(static character => !char.IsSurrogate(character))]) + "é😀");
        var size = Gen.Choose(0, 3);
        var moment = map.GeneratorFor<DateTime>().Select(static value => DateTime.SpecifyKind(value, value.Ticks % 2 == 0 ? DateTimeKind.Unspecified : DateTimeKind.Utc));
        var shade = Gen.Elements(Shade.Light, Shade.Dark);
        var leaf = text.Zip(shade).Select(static pair => new Leaf(pair.Item1, pair.Item1.Length % 2 == 0 ? pair.Item2 : null));
        return from words in Gen.ArrayOf(text, 4)
               from numbers in Gen.ArrayOf(map.GeneratorFor<int>())
               from wide in map.GeneratorFor<long>()
               from real in map.GeneratorFor<double>().Where(double.IsFinite)
               from exact in map.GeneratorFor<decimal>()
               from when in moment
               from offset in Gen.Choose(-840, 840)
               from color in shade
               from leaves in Gen.ListOf(leaf)
               from id in map.GeneratorFor<Guid>()
               from depth in size
               select new Everything(
                   words[0], wide % 2 == 0, (int)wide, wide, (ulong)wide, (byte)wide, (float)(real % 1e30), real, exact,
                   DateOnly.FromDateTime(when), TimeOnly.FromDateTime(when), when, Offset(when, offset), new TimeSpan(wide), id, new Uri("https://example.org/" + id), color,
                   wide % 3 == 0 ? null : words[1], wide % 5 == 0 ? null : (int)wide, wide % 7 == 0 ? null : color, leaves.FirstOrDefault(),
                   words, [.. numbers], words.ToHashSet(StringComparer.Ordinal), numbers.Distinct().ToDictionary(static number => $"k{number}", static number => (decimal)number),
                   new Dictionary<Shade, List<int?>> { [color] = [.. numbers.Select(static number => number % 2 == 0 ? (int?)number : null)] }, [.. leaves], Grow(depth))
               { Bounded = 2 + (depth * 2), Short = "abc", Country = depth == 0 ? null : "DE" };
    }

    private static DateTimeOffset Offset(DateTime when, int minutes)
    {
        var inside = when.Year is < 3 or > 9990 ? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) : DateTime.SpecifyKind(when, DateTimeKind.Unspecified);
        return new DateTimeOffset(inside, TimeSpan.FromMinutes(minutes));
    }

    private static Tree Grow(int depth) =>
        depth == 0 ? new Tree("leaf", null, []) : new Tree($"level {depth}", Grow(depth - 1), [.. Enumerable.Range(0, depth).Select(_ => Grow(depth - 1))]);
}
