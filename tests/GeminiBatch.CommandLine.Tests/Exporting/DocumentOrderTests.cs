using System.Text;

namespace GeminiBatch.CommandLine.Tests.Exporting;

public sealed class DocumentOrderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-order-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(64 * 1024 * 1024)]
    [InlineData(2_000)]
    [InlineData(1)]
    public async Task Lines_come_in_ordinal_order_whatever_fits_in_memory(long maxBytes)
    {
        var ids = Enumerable.Range(0, 300).Select(index => $"{(index % 3 == 0 ? "Z" : "ä")}/{index * 7919 % 1000}").ToArray();
        new Random(1).Shuffle(ids);
        var token = TestContext.Current.CancellationToken;
        using (var order = new DocumentOrder(_folder, maxBytes))
        {
            foreach (var id in ids)
            {
                await order.AddAsync(id, Encoding.UTF8.GetBytes(id), token);
            }

            var read = new List<string>();
            await foreach (var line in order.ReadAsync(token))
            {
                read.Add(Encoding.UTF8.GetString(line));
            }

            Assert.Equal(ids.Order(StringComparer.Ordinal), read);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }
}
