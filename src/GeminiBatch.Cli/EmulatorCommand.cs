using System.CommandLine;
using System.Runtime.InteropServices;

namespace GeminiBatch;

/// <summary>Runs the emulator by itself, until it is interrupted.</summary>
internal static class EmulatorCommand
{
    public static Task<GeminiEmulator> StartAsync(EmulatorSetup setup) => GeminiEmulator.StartAsync(new GeminiEmulatorOptions
    {
        Port = setup.Port,
        StateFolder = setup.StateFolder,
        Seed = setup.Seed,
        Noise = setup.Noise ? EmulatorNoise.Realistic : EmulatorNoise.None,
    });

    public static Command Create()
    {
        var port = NumberOption.Whole("--port", least: 0, most: 65_535, aliases: ["-p"]);
        port.HelpName = "PORT";
        port.Description = "The port on 127.0.0.1; 0 takes a free one. [default: 8080]";
        var state = new Option<string>("--state") { HelpName = "FOLDER", Description = "Where jobs and files are kept over restarts. Default: a temporary folder, deleted at the end." };
        var seed = NumberOption.Whole("--seed", int.MinValue, int.MaxValue);
        seed.HelpName = "N";
        seed.Description = "Same seed, same answers. [default: 1]";
        var noise = new Option<string>("--noise") { HelpName = "WHAT", Description = "How messy the answers are: 'realistic' or 'none'.", DefaultValueFactory = static _ => "none" };
        noise.AcceptOnlyFromAmong("realistic", "none");
        var faults = new Option<string>("--faults") { HelpName = "FILE", Description = "What goes wrong: a JSON file such as [{\"operation\":\"CreateBatch\",\"kind\":\"Refuse\",\"status\":429}], or {\"seed\":7,\"count\":3}." };
        var command = new Command("emulator", "Run a local server that speaks the Gemini Batch API until Ctrl-C. Its answers are made by rules, not by a model.") { port, state, seed, noise, faults };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new GeminiEmulatorOptions
            {
                Port = parsed.GetValue(port) ?? 8080,
                StateFolder = parsed.GetValue(state),
                Seed = parsed.GetValue(seed) ?? 1,
                Noise = parsed.GetValue(noise) == "realistic" ? EmulatorNoise.Realistic : EmulatorNoise.None,
                Faults = ReadFaults(parsed.GetValue(faults)),
            },
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<EmulatedFault> ReadFaults(string? file)
    {
        try
        {
            return file is null ? [] : EmulatedFaultPlans.FromJson(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"The fault plan '{file}' cannot be used: {exception.Message}", exception);
        }
    }

    private static async Task<int> RunAsync(GeminiEmulatorOptions options, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var emulator = await StartAsync(options, cancellationToken);
        await Console.Out.WriteLineAsync($"""
            The emulator listens on {emulator.Endpoint}
            Jobs and files are kept in {options.StateFolder ?? "a temporary folder, deleted at the end"}.
            Its answers are made by rules from the schema and the document, not by a model.

            Point clients to it:
              export GOOGLE_GEMINI_BASE_URL={emulator.Endpoint}
              export GEMINI_API_KEY=any-key-will-do     # one that begins with 'bad' is refused

            What it was asked: {new Uri(emulator.Endpoint, "emulator/calls")} and {new Uri(emulator.Endpoint, "emulator/jobs")}
            Stop it with Ctrl-C.
            """);
        await stopped.Task.WaitAsync(cancellationToken);
        return 0;

        void Stop(PosixSignalContext context) => context.Cancel = stopped.TrySetResult();
    }

    private static async Task<GeminiEmulator> StartAsync(GeminiEmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await GeminiEmulator.StartAsync(options, cancellationToken);
        }
        catch (EmulatorException exception)
        {
            throw new CommandLineException(exception.Message, exception);
        }
    }
}
