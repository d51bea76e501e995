using System.Diagnostics;
using System.Text;

namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>A program of this repository as a process of its own, in a folder of its own, without the user's keys.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly string[] s_secrets = ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL"];
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Read(_output);

    public string Error => Read(_error);

    /// <summary>The lines of standard error that tell of an error.</summary>
    public IReadOnlyList<string> ErrorLines => [.. Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("error:", StringComparison.Ordinal))];

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the built library of a project by <c>dotnet exec</c>.</summary>
    public static RunningProgram Start(string assembly, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, assembly + ".dll") }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var secret in s_secrets)
        {
            start.Environment.Remove(secret);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(new Process { StartInfo = start });
    }

    public static async Task<RunningProgram> RunAsync(string assembly, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Start(assembly, folder, arguments, environment);
        await program.WaitAsync();
        return program;
    }

    /// <summary>Waits for the end; a program that hangs is an error of the test.</summary>
    public async Task WaitAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(timeout.Token);
    }

    /// <summary>Waits until a line has been written.</summary>
    public async Task<string> WaitForOutputAsync(string text)
    {
        Assert.True(await SaysOrEndsAsync(text), $"The program ended before it said '{text}':\n{Output}\n{Error}");
        return Output;
    }

    /// <summary>Waits until a line has been written; false where the program ended without it.</summary>
    public async Task<bool> SaysOrEndsAsync(string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(1));
        while (!Says(text))
        {
            if (HasExited)
            {
                // The end may be known before the last lines are read.
                await WaitAsync();
                return Says(text);
            }

            await Task.Delay(20, timeout.Token);
        }

        return true;
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitAsync();
    }

    /// <summary>Sends a signal by its name, e.g. <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(5000);
        }

        _process.Dispose();
    }

    private bool Says(string text) => Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal);

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append(line is null ? "" : "\n");
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
