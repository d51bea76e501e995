using System.CommandLine;
using System.CommandLine.Invocation;

namespace GeminiBatch;

/// <summary>The command tree of one program, and the one place where an invocation begins and ends.</summary>
internal static class AppCommands
{
    private const string ExitCodes =
        "Exit codes: 0 done; 1 every document failed, or one did and --fail-on-failures is given, or a batch file is not valid; 2 wrong usage, configuration or files; "
        + "3 the backend refused or cannot be reached; 130 interrupted by Ctrl-C, 143 by SIGTERM.";

    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, BatchAppBuilder app, ExtractionTarget? target)
    {
        var parsed = Build(app, target).Parse(args);
        if (parsed.Action is ParseErrorAction && parsed.Errors.Count > 0)
        {
            var command = parsed.CommandResult.Command;
            var help = command is RootCommand ? $"{ResumeHint.Program()} --help" : $"{ResumeHint.Program()} {command.Name} --help";
            var message = parsed.UnmatchedTokens is [var unknown, ..] ? $"There is no command or option '{unknown}'{Suggestion(command, unknown)}" : parsed.Errors[0].Message;
            await Console.Error.WriteLineAsync($"error: {CommandError.OneLine(message).TrimEnd('.')}{(message.EndsWith('?') ? "" : ".")} See: {help}");
            return CommandError.Usage;
        }

        try
        {
            // Signals are handled by the commands themselves: the first one must not take the time to record what is going on.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandLineException exception)
        {
            var (code, line) = CommandError.Describe(exception);
            await Console.Error.WriteLineAsync($"error: {line}");
            return code;
        }
    }

    private static string Suggestion(Command command, string unknown)
    {
        var names = command.Options.SelectMany(static option => option.Aliases.Append(option.Name)).Concat(command.Subcommands.Select(static inner => inner.Name));
        return NearName.Of(unknown, names.Where(name => name.StartsWith('-') == unknown.StartsWith('-'))) is { } near ? $". Did you mean '{near}'?" : "";
    }

    private static RootCommand Build(BatchAppBuilder app, ExtractionTarget? target)
    {
        var options = new AppOptions(app, isTool: target is null);
        Option[] ledger = [options.Run, options.Ledger, options.LedgerMaxMegabytes];
        Option[] vertex = [options.Project, options.Location, options.Bucket, options.CreateBucket];
        Option[] backend = app.StartEmulator is null
            ? [options.Backend, options.Endpoint, .. vertex]
            : [options.Backend, options.Emulator, options.Endpoint, .. vertex, options.EmulatorPort, options.Noise, options.Seed];
        Option[] reading = [options.Documents, options.Pattern, options.SkipUnreadable];
        Option[] bounds = [options.MaxCost, options.MaxAttempts, options.AllowSearchCost];
        Option[] recipe = [options.Model, options.OnRecipeChange, .. bounds, options.CountTokens];
        Option[] results = [options.Output, options.FailOnFailures, options.Json];
        Option[] run = [.. reading, .. ledger, .. recipe, .. backend, .. results, options.Yes, options.Verbose];
        var root = new RootCommand($"{app.Description}\n\n{ExitCodes}");
        if (target is not null)
        {
            Command Own(string name, string description, Option[] taken, Func<CommandContext, Task<int>> execute) =>
                Fill(new Command(name, description), taken, execute);
            Fill(root, run, context => RunCommand.ExecuteAsync(context, target));
            root.Add(Own("run", "Extract every document of a folder: plan, submit, wait, collect. Run again, it sends only what is new. This is the default.", run, context => RunCommand.ExecuteAsync(context, target)));
            root.Add(Own("plan", "Read the documents and say what a run would send and cost. Sends nothing.", [.. reading, .. ledger, .. recipe, .. backend, options.Json, options.Verbose], context => PlanCommand.ExecuteAsync(context, target)));
        }

        root.Add(Fill(new Command("status", "How the runs of a ledger stand. Asks no backend."), [.. ledger, options.Json, options.Verbose], StatusCommand.ExecuteAsync));
        root.Add(Fill(new Command("resume", "Go on with a run from its ledger alone, also with one that is paused: no documents are needed."), [.. ledger, .. bounds, .. backend, .. results, options.Yes, options.Verbose], context => ResumeCommand.ExecuteAsync(context, retry: false)));
        root.Add(Fill(new Command("retry", "Give every failed document its attempts again and go on with the run."), [.. ledger, .. bounds, .. backend, .. results, options.PayAgain, options.Yes, options.Verbose], context => ResumeCommand.ExecuteAsync(context, retry: true)));
        root.Add(Fill(new Command("pause", "Let a run send nothing more, also while another program drives it. Jobs at work go on and are collected; 'resume' goes on. (Ctrl-C stops only the waiting.)"), [.. ledger, options.Json, options.Verbose], PauseCommand.ExecuteAsync));
        root.Add(Fill(new Command("cancel", "Stop a run's jobs at the backend and wait for their end. What was answered is kept and billed; the rest stays pending until the run is driven again."), [.. ledger, .. backend, options.Json, options.Verbose], CancelCommand.ExecuteAsync));
        root.Add(Fill(new Command("export", "Write what a run has so far as JSONL and CSV, and what failed as JSONL that --documents takes. Asks no backend."), [.. ledger, options.Output, options.Json, options.Verbose], ExportCommand.ExecuteAsync));
        root.Add(Fill(new Command("sweep", "Cancel jobs at the backend that carry this ledger's name and that nothing in it stands for, as after a restore from a copy."), [.. ledger, .. backend, options.Yes, options.Json, options.Verbose], UpkeepCommands.SweepAsync));
        root.Add(Fill(new Command("clean-up", "Delete this ledger's batch files at the backend that are old and needed by nothing. Files of other names are never touched."), [.. ledger, options.OlderThan, .. backend, options.Json, options.Verbose], UpkeepCommands.CleanUpAsync));
        root.Add(Fill(new Command("delete", "Remove a run from its ledger, with its answers. Answers that other runs have taken from it stay with them. Asks no backend."), [.. ledger, options.Yes, options.Json, options.Verbose], DeleteCommand.ExecuteAsync));
        root.Add(Fill(new Command("doctor", "Check the key, the ledger, the disk and the catalogue, and with --online the backend."), [options.Ledger, options.Backend, options.Endpoint, .. vertex, options.Online, options.Deep, options.Json, options.Verbose], DoctorCommand.ExecuteAsync));
        root.Add(Fill(new Command("verify", "Ask the backend whether it runs batches of a model: the Developer API by its list of models, Vertex AI by a job of one row, after asking. No other model is ever taken instead."), [options.Model, .. backend, options.Ledger, options.Yes, options.Json, options.Verbose], VerifyCommand.ExecuteAsync));
        root.Add(ValidateCommand.Create(options, (parsed, execute, cancellationToken) => CommandContext.RunAsync(app, options, parsed, execute, cancellationToken)));
        foreach (var command in app.Commands)
        {
            root.Add(command);
        }

        return root;

        TCommand Fill<TCommand>(TCommand command, Option[] taken, Func<CommandContext, Task<int>> execute)
            where TCommand : Command
        {
            foreach (var option in taken)
            {
                command.Add(option);
            }

            command.SetAction((parsed, cancellationToken) => CommandContext.RunAsync(app, options, parsed, execute, cancellationToken));
            return command;
        }
    }
}
