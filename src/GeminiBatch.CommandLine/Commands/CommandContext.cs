using System.CommandLine;

namespace GeminiBatch;

/// <summary>One invocation of one command: what was asked, where to write, and when to stop.</summary>
internal sealed record CommandContext(BatchAppBuilder App, AppSettings Settings, AppConsole Console, CancellationToken CancellationToken)
{
    /// <summary>What an interruption leaves behind and how to go on; set by a command that knows.</summary>
    public string? Stopped { get; set; }

    /// <summary>Runs a command; whatever goes wrong in it ends as one line and an exit code.</summary>
    public static async Task<int> RunAsync(
        BatchAppBuilder app, AppOptions options, ParseResult parsed, Func<CommandContext, Task<int>> execute, CancellationToken cancellationToken)
    {
        var console = new AppConsole();
        var verbose = parsed.GetValue(options.Verbose);
        using var interruption = new Interruption(console, cancellationToken);
        CommandContext? context = null;
        try
        {
            context = new CommandContext(app, options.Read(parsed), console, interruption.Token);
            return await execute(context);
        }
        catch (OperationCanceledException) when (interruption.Requested)
        {
            console.Note(context?.Stopped ?? "Stopped.");
            return interruption.ExitCode;
        }
#pragma warning disable CA1031 // The outermost handler: no stack trace may reach the user unasked.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var (code, line) = CommandError.Describe(exception);
            console.Error(line);
            if (verbose)
            {
                console.Story(exception.ToString());
            }

            return code;
        }
    }
}
