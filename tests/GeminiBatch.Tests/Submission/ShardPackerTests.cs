using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Tests.Submission;

public sealed class ShardPackerTests
{
    [Fact]
    public void Every_row_is_in_one_shard_of_its_model_within_the_limits()
    {
        var row = Gen.Elements("a", "b").SelectMany(static model => Gen.Choose(1, 60).Select(bytes => (Model: model, Bytes: (long)bytes)));
        Prop.ForAll(row.ListOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), static (rows, maxRows) =>
        {
            const long maxBytes = 50;
            var packer = new ShardPacker(maxBytes, maxRows, isRetry: false);
            var shards = new List<PackedShard>();
            for (var i = 0; i < rows.Count; i++)
            {
                if (packer.Add(rows[i].Model, i + 1, rows[i].Bytes, 1) is { } full)
                {
                    shards.Add(full);
                }
            }

            shards.AddRange(packer.Finish());
            Assert.Equal(rows.Count, shards.Sum(static shard => shard.Rows));
            foreach (var shard in shards)
            {
                var members = Enumerable.Range(1, rows.Count).Where(id => id >= shard.FirstRow && id <= shard.LastRow && rows[id - 1].Model == shard.Model).ToList();
                Assert.Equal(shard.Rows, members.Count);
                Assert.Equal(shard.Bytes, members.Sum(id => rows[id - 1].Bytes));
                Assert.Equal(shard.Tokens, shard.Rows);
                Assert.InRange(shard.Rows, 1, maxRows);
                Assert.True(shard.Bytes <= maxBytes || shard.Rows == 1);
            }

            foreach (var model in shards.GroupBy(static shard => shard.Model))
            {
                Assert.Equal(model.Select(static shard => shard.FirstRow).Order(), model.Select(static shard => shard.FirstRow));
            }
        }).Check(PropertyRounds.Of(100));
    }

    [Fact]
    public void Names_at_the_backend_are_pinned_for_good()
    {
        Assert.Equal("gb-abcdefgh-3-12", ShardNames.File("abcdefgh", 3, 12));
        Assert.Equal("gb-abcdefgh-3-12-2", ShardNames.Job("abcdefgh", 3, 12, 2));
        Assert.Equal("gbc-73woltsin2pfnpj6uy45q6r6xq", ShardNames.Content(new ContentHash(new byte[32]), "image/png", fleeting: null));
        Assert.Equal("gbc-noymcwp3bv63yt65p6lhrjzds4-739941", ShardNames.Content(new ContentHash(new byte[32]), "image/png", (new DateOnly(2026, 11, 22), "mine")));
        Assert.Equal((12L, 2), ShardNames.Parse("abcdefgh", 3, "gb-abcdefgh-3-12-2"));
        Assert.Null(ShardNames.Parse("abcdefgh", 3, "gb-abcdefgh-31-2-2"));
        Assert.True(ShardNames.File("abcdefgh", long.MaxValue, 9_999_999).Length <= 40);
    }
}
