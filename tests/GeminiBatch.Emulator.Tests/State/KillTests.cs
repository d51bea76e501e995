using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class KillTests
{
    private const int Moments = 20;
    private const int JobsOfAMoment = 15;

    [Fact]
    public async Task Whatever_was_acknowledged_is_there_when_the_folder_is_frozen_at_any_moment()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        // Traffic goes on while a folder is copied, and a slow copy does not make the next one larger.
        using var allowed = new SemaphoreSlim(0);
        var acknowledged = new List<(string Job, string File)>();
        var traffic = Task.Run(async () =>
        {
            for (var number = 0; number < Moments * JobsOfAMoment; number++)
            {
                await allowed.WaitAsync();
                var file = (string)(await fixture.Http.UploadAsync(EmulatorCalls.Row("k" + number, "text"), $"files/f{number}"))["name"]!;
                using var response = await fixture.Http.PostBatchAsync(file, "job-" + number);
                var job = (string)(await response.JsonAsync())["name"]!;
                lock (acknowledged)
                {
                    acknowledged.Add((job, file));
                }
            }
        }, TestContext.Current.CancellationToken);
        for (var moment = 0; moment < Moments; moment++)
        {
            allowed.Release(JobsOfAMoment);
            (string Job, string File)[] expected;
            lock (acknowledged)
            {
                expected = [.. acknowledged];
            }

            var frozen = Freeze(fixture.StateFolder);
            await using (var survivor = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions { StateFolder = frozen, TimeProvider = fixture.Clock }, TestContext.Current.CancellationToken))
            {
                Assert.Empty(expected.Select(entry => entry.Job).Except(survivor.Jobs.Select(job => job.Name)));
                using var http = new HttpClient { BaseAddress = survivor.Endpoint };
                http.DefaultRequestHeaders.Add("x-goog-api-key", EmulatorFixture.ApiKey);
                foreach (var (job, file) in expected.TakeLast(3))
                {
                    Assert.Equal(file, (string?)(await http.GetJsonAsync("v1beta/" + job))["metadata"]!["inputConfig"]!["fileName"]);
                    Assert.Equal(file, (string?)(await http.GetJsonAsync("v1beta/" + file))["name"]);
                }
            }

            Directory.Delete(frozen, recursive: true);
        }

        await traffic;
    }

    private static string Freeze(string folder)
    {
        var copy = folder + "-frozen";
        // A kill stops everything at once and a copy does not: the log first, so that it names nothing that is not copied.
        foreach (var path in Directory.GetFiles(folder, "*.jsonl").Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetDirectoryName(path) != folder)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                File.Copy(path, target);
            }
            catch (FileNotFoundException)
            {
                // A temporary file that was renamed into place meanwhile.
            }
        }

        return copy;
    }
}
