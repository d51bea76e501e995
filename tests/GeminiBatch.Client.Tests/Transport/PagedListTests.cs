using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Transport;

/// <summary>What is not in a list may be paid for once more: half a list is no list.</summary>
public sealed class PagedListTests
{
    private const string Job = """{"name":"batches/x","metadata":{"displayName":"gb-1","state":"BATCH_STATE_PENDING"}}""";

    [Theory]
    [InlineData("operations")]
    [InlineData("batches")]
    public async Task Jobs_are_listed_under_either_of_their_names(string member)
    {
        await using StubServer server = await StubServer.StartAsync((200, $$"""{"{{member}}":[{{Job}}]}"""));

        Assert.Equal(["batches/x"], await ListAsync(server));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"operations":null}""")]
    [InlineData("""{"operations":[]}""")]
    public async Task An_empty_page_is_an_empty_list(string page)
    {
        await using StubServer server = await StubServer.StartAsync((200, page));

        Assert.Empty(await ListAsync(server));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"jobs":[{"name":"batches/x"}]}""")]
    [InlineData("""{"operations":{"name":"batches/x"}}""")]
    [InlineData("""{"operations":[{"displayName":"gb-1"}]}""")]
    public async Task An_odd_page_is_an_error(string page)
    {
        await using StubServer server = await StubServer.StartAsync((200, page));

        FormatException error = await Assert.ThrowsAnyAsync<FormatException>(() => ListAsync(server));

        Assert.Contains("not complete", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_token_that_comes_again_is_an_error()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, """{"operations":[],"nextPageToken":"a"}"""), (200, """{"operations":[],"nextPageToken":"b"}"""), (200, """{"operations":[],"nextPageToken":"a"}"""));

        await Assert.ThrowsAnyAsync<FormatException>(() => ListAsync(server));
        Assert.Equal(3, server.Requests.Count);
    }

    private static async Task<List<string>> ListAsync(StubServer server)
    {
        List<string> names = [];
        await foreach (GeminiBatchJob job in server.Client().Batches.ListAsync(TestContext.Current.CancellationToken))
        {
            names.Add(job.Name);
        }

        return names;
    }
}
