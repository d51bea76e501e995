using System.Diagnostics;

namespace GeminiBatch.Architecture.Tests;

/// <summary>The packages as users get them, packed once from this checkout into a folder that is a package source.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gemini-batch-packages-{Guid.NewGuid():N}");

    /// <summary>The folder with the packages.</summary>
    public string Source => Path.Combine(_folder, "source");

    /// <summary>A version that no other build has, so that no package cache answers for this checkout.</summary>
    public string Version { get; } = $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>The packages already on this machine: the consumer reads them there and adds none of ours to them.</summary>
    public static string UserPackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Source);
        await RunAsync(
            Repository.Root,
            "pack", "GeminiBatch.sln", "--configuration", "Release", "--output", Source, "--verbosity", "quiet", $"-p:Version={Version}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder outside the checkout, with no build configuration of ours above it.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Runs <c>dotnet</c> and returns what it printed to standard output; a non-zero exit code fails the test with that text.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own SDK variables would pin the child to the wrong tools.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var standardOutput = process.StandardOutput.ReadToEndAsync(cancellation);
        var standardError = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var output = await standardOutput;

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} in {folder} exited with {process.ExitCode}:\n{output}{await standardError}");
        return output;
    }
}
