using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_sees_files_jobs_and_results_and_what_came_due_meanwhile_is_done()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var created = await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one") + "\n" + EmulatorCalls.Row("b", "two"), "before");
        await fixture.Http.UploadAsync("hello", "files/kept");
        await fixture.StopAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        await fixture.StartAgainAsync();

        var job = await fixture.Http.GetJsonAsync("v1beta/" + (string)created["name"]!);
        Assert.Equal("BATCH_STATE_SUCCEEDED", (string?)job["metadata"]!["state"]);
        Assert.Equal(2, (await fixture.Http.DownloadAsync((string)job["response"]!["responsesFile"]!)).Count(letter => letter == '\n'));
        Assert.Equal("5", (string?)(await fixture.Http.GetJsonAsync("v1beta/files/kept"))["sizeBytes"]);
        Assert.Equal("before", fixture.Emulator.Jobs.Single().DisplayName);
    }

    [Fact]
    public async Task A_second_emulator_on_the_same_folder_is_refused_with_the_reason()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var error = await Assert.ThrowsAsync<EmulatorException>(() => GeminiEmulator.StartAsync(new GeminiEmulatorOptions { StateFolder = fixture.StateFolder }, TestContext.Current.CancellationToken));
        Assert.Contains("in use by another emulator", error.Message, StringComparison.Ordinal);
        Assert.Contains(fixture.StateFolder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_kill_cut_off_in_the_middle_of_a_create_never_existed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "whole");
        await fixture.StopAsync();
        var log = Path.Combine(fixture.StateFolder, "jobs.jsonl");
        await File.AppendAllTextAsync(log, """{"name":"batches/cut","displ""", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(fixture.StateFolder, "batches", "orphan"));

        await fixture.StartAgainAsync();
        Assert.Equal("whole", fixture.Emulator.Jobs.Single().DisplayName);
        Assert.False(Directory.Exists(Path.Combine(fixture.StateFolder, "batches", "orphan")));
        await fixture.Http.CreateAsync(EmulatorCalls.Row("b", "two"), "next");
        await fixture.RestartAsync();
        Assert.Equal(["whole", "next"], fixture.Emulator.Jobs.Select(job => job.DisplayName));
    }

    [Fact]
    public async Task Each_line_of_the_job_log_says_what_was_created()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "shard-7");
        var line = JsonNode.Parse((await File.ReadAllTextAsync(Path.Combine(fixture.StateFolder, "jobs.jsonl"), TestContext.Current.CancellationToken)).TrimEnd('\n'))!;
        Assert.Equal(["name", "displayName", "model", "inputFile", "inputSha256", "createTime"], line.AsObject().Select(member => member.Key));
        Assert.Equal("models/gemini-3.5-flash-lite", (string?)line["model"]);
    }

    [Fact]
    public async Task An_unfinished_result_is_written_again_to_the_same_bytes()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Noise = EmulatorNoise.Realistic });
        var rows = string.Join('\n', Enumerable.Range(0, 50).Select(number => EmulatorCalls.Row("k" + number, "text " + number)));
        var first = await fixture.RunForBytesAsync(rows);
        var folder = Directory.EnumerateDirectories(Path.Combine(fixture.StateFolder, "batches")).Single();
        await fixture.StopAsync();
        File.Delete(Path.Combine(folder, "results.json"));
        File.Delete(Path.Combine(folder, "results.jsonl"));

        await fixture.StartAgainAsync();
        Assert.Equal(first, await fixture.Http.DownloadAsync("files/batch-" + Path.GetFileName(folder)));
    }

    [Fact]
    public async Task A_temporary_state_folder_goes_with_its_emulator()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "gemini-emulator-*").ToHashSet();
        string[] made;
        await using (await GeminiEmulator.StartAsync(ct: TestContext.Current.CancellationToken))
        {
            made = [.. Directory.GetDirectories(Path.GetTempPath(), "gemini-emulator-*").Where(folder => !before.Contains(folder) && File.Exists(Path.Combine(folder, "lock")))];
            Assert.NotEmpty(made);
        }

        Assert.Contains(made, folder => !Directory.Exists(folder));
    }
}
