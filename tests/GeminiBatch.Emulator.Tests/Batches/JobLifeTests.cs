using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class JobLifeTests
{
    [Fact]
    public async Task A_file_job_goes_from_pending_over_running_to_succeeded_and_gives_one_row_per_key()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var created = await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one") + "\n" + EmulatorCalls.Row("b", "two") + "\n", "invoices-0001");
        var name = (string)created["name"]!;

        Assert.Matches("^batches/[a-z0-9]{36}$", name);
        Assert.Equal("BATCH_STATE_PENDING", (string?)created["metadata"]!["state"]);
        Assert.Equal("2", (string?)created["metadata"]!["batchStats"]!["requestCount"]);
        Assert.Equal("2", (string?)created["metadata"]!["batchStats"]!["pendingRequestCount"]);
        Assert.Null(created["done"]);

        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("BATCH_STATE_RUNNING", (string?)(await fixture.Http.GetJsonAsync("v1beta/" + name))["metadata"]!["state"]);

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        var done = await fixture.Http.GetJsonAsync("v1beta/" + name);
        Assert.Equal("BATCH_STATE_SUCCEEDED", (string?)done["metadata"]!["state"]);
        Assert.True((bool)done["done"]!);
        var result = "files/batch-" + name["batches/".Length..];
        Assert.Equal(result, (string?)done["metadata"]!["output"]!["responsesFile"]);
        Assert.Equal(result, (string?)done["response"]!["responsesFile"]);
        Assert.Equal("2", (string?)done["metadata"]!["batchStats"]!["successfulRequestCount"]);
        Assert.Null(done["metadata"]!["batchStats"]!["failedRequestCount"]);

        var rows = (await fixture.Http.DownloadAsync(result)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["a", "b"], rows.Select(row => (string?)row["key"]).Order());
        Assert.All(rows, row => Assert.Equal("gemini-3.5-flash-lite", (string?)row["response"]!["modelVersion"]));
    }
}
