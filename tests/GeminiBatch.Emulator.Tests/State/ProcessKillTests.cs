using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class ProcessKillTests
{
    private const int Lives = 6;
    private const int Clients = 4;

    [Fact]
    public async Task A_process_that_is_killed_again_and_again_keeps_every_effect_that_it_acknowledged()
    {
        var folder = Path.Combine(Path.GetTempPath(), "gemini-emulator-" + Guid.NewGuid().ToString("N"));
        var files = new ConcurrentDictionary<string, string>();
        var jobs = new ConcurrentDictionary<string, string>();
        var objects = new ConcurrentDictionary<string, string>();
        try
        {
            for (var life = 0; life < Lives; life++)
            {
                await using var emulator = await EmulatorProcess.StartAsync(folder);
                await CheckAsync(emulator.Http, files, jobs, objects);
                using var bucket = await emulator.Http.PostJsonAsync("storage/v1/b?project=p", new JsonObject { ["name"] = StorageCalls.Bucket });
                var acknowledged = 0;
                var enough = new TaskCompletionSource();
                var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
                {
                    for (var number = 0; ; number++)
                    {
                        var name = $"f-{life}-{client}-{number}";
                        var text = EmulatorCalls.Row(name, "text");
                        await emulator.Http.UploadAsync(text, "files/" + name);
                        files[name] = text;
                        using var job = await emulator.Http.PostBatchAsync("files/" + name, name);
                        jobs[(string)(await job.JsonAsync())["name"]!] = name;
                        using var stored = await emulator.Http.PutObjectAsync(name, text);
                        await stored.RequireSuccessAsync();
                        objects[name] = text;
                        // Killed in the middle of what the other clients ask, at another place in each life.
                        if (Interlocked.Increment(ref acknowledged) == 5 + (3 * life))
                        {
                            enough.SetResult();
                        }
                    }
                }, TestContext.Current.CancellationToken)).ToArray();
                await await Task.WhenAny([enough.Task, .. clients]);
                await emulator.KillAsync();
                foreach (var client in clients)
                {
                    await Assert.ThrowsAnyAsync<Exception>(() => client);
                }
            }

            await using var last = await EmulatorProcess.StartAsync(folder);
            await CheckAsync(last.Http, files, jobs, objects);
            var created = (await last.Http.GetJsonAsync("emulator/jobs"))["jobs"]!.AsArray().Select(job => (string)job!["name"]!).ToList();
            Assert.Equal(created.Count, created.Distinct().Count());
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task CheckAsync(HttpClient http, ConcurrentDictionary<string, string> files, ConcurrentDictionary<string, string> jobs, ConcurrentDictionary<string, string> objects)
    {
        foreach (var (name, text) in files)
        {
            Assert.Equal(Encoding.UTF8.GetByteCount(text).ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)(await http.GetJsonAsync("v1beta/files/" + name))["sizeBytes"]);
        }

        foreach (var (name, displayName) in jobs)
        {
            Assert.Equal(displayName, (string?)(await http.GetJsonAsync("v1beta/" + name))["metadata"]!["displayName"]);
        }

        foreach (var (name, text) in objects)
        {
            Assert.Equal(text, await http.ReadObjectAsync(name));
        }
    }
}
