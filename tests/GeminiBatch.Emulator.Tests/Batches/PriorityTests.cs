using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests.Batches;

/// <summary>Protocol 1.2, row 10: a job's priority is changed by a PATCH that answers with the job itself.</summary>
public sealed class PriorityTests
{
    [Fact]
    public async Task A_priority_is_changed_and_kept_and_the_answer_is_no_operation()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var created = await fixture.Http.PostAsync("v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", new StringContent(
            """{"batch":{"displayName":"j","inputConfig":{"requests":{"requests":[{"request":{"contents":[{"parts":[{"text":"x"}]}]}}]}}}}"""), TestContext.Current.CancellationToken);
        var name = (string)(await created.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["name"]!;

        var (status, job) = await PatchAsync(fixture, $"v1beta/{name}:updateGenerateContentBatch?updateMask=priority", """{"priority":"10"}""");
        await fixture.RestartAsync();
        var read = (await fixture.Http.GetFromJsonAsync<JsonNode>("v1beta/" + name, TestContext.Current.CancellationToken))!;

        Assert.Equal((200, "10", name, "j"), (status, (string?)job["priority"], (string?)job["name"], (string?)job["displayName"]));
        Assert.Null(job["metadata"]);
        Assert.Equal("10", (string?)read["metadata"]!["priority"]);
        Assert.Equal(400, (await PatchAsync(fixture, $"v1beta/{name}:updateGenerateContentBatch?updateMask=displayName", """{"displayName":"k"}""")).Status);
        Assert.Equal(404, (await PatchAsync(fixture, $"v1beta/{name}:updateEmbedContentBatch?updateMask=priority", """{"priority":"1"}""")).Status);
    }

    private static async Task<(int Status, JsonNode Body)> PatchAsync(EmulatorFixture fixture, string path, string body)
    {
        using var response = await fixture.Http.PatchAsync(path, new StringContent(body), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
