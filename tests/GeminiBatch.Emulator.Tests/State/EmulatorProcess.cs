using System.Diagnostics;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

/// <summary>The emulator as its users run it: a process of its own, that can be killed.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process process;

    private EmulatorProcess(Process process, Uri endpoint)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = endpoint };
        Http.DefaultRequestHeaders.Add("x-goog-api-key", EmulatorFixture.ApiKey);
    }

    public HttpClient Http { get; }

    public static async Task<EmulatorProcess> StartAsync(string stateFolder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GeminiBatch.Cli.dll"), "emulator", "--port", "0", "--state", stateFolder])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        const string greeting = "The emulator listens on ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(greeting, StringComparison.Ordinal))
            {
                return new EmulatorProcess(process, new Uri(line[greeting.Length..]));
            }
        }

        throw new InvalidOperationException("The emulator ended before it listened.");
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
