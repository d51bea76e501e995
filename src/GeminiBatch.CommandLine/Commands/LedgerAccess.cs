namespace GeminiBatch;

/// <summary>Opens the ledger of an invocation, with a backend or without one.</summary>
internal static class LedgerAccess
{
    public static BatchExtractor Open(CommandContext context, BackendSession session) => Open(context, session.Configure);

    /// <summary>For commands that ask no backend: nothing can be sent.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="writes">Whether the ledger is changed; otherwise it is left as it is, in a folder that cannot be written too.</param>
    public static BatchExtractor OpenOffline(CommandContext context, bool writes = false)
    {
        RequireExisting(context);
        return Open(context, static builder => builder.UseBackend(static _ => throw new CommandLineException("This command sends nothing.")), isReadOnly: !writes);
    }

    public static void RequireExisting(CommandContext context)
    {
        if (!File.Exists(context.Settings.Ledger) && !Directory.Exists(context.Settings.Ledger))
        {
            throw new CommandLineException($"There is no ledger '{context.Settings.Ledger}'. Give one with --ledger FILE, or make one with a run.");
        }
    }

    /// <summary>The run of the ledger that another program drives now, and which program that is; null when there is none or the ledger cannot be asked.</summary>
    public static async Task<(string Run, string Program)?> FindDriverAsync(CommandContext context)
    {
        if (!File.Exists(context.Settings.Ledger))
        {
            return null;
        }

        try
        {
            await using var extractor = OpenOffline(context);
            await foreach (var run in extractor.ListRunsAsync(context.CancellationToken))
            {
                if (run.Driver is { } driver)
                {
                    return (run.Name, driver);
                }
            }
        }
        catch (LedgerException)
        {
            // What is wrong with the ledger is told when it is needed.
        }

        return null;
    }

    /// <summary>The run that is meant: the named one, the program's own, or the only one there is.</summary>
    public static async Task<RunOverview> FindRunAsync(CommandContext context, BatchExtractor extractor)
    {
        var runs = new List<RunOverview>();
        await foreach (var run in extractor.ListRunsAsync(context.CancellationToken))
        {
            runs.Add(run);
        }

        if (context.Settings.Run is { } name)
        {
            return runs.Find(run => run.Name == name)
                ?? throw new CommandLineException($"There is no run '{name}' in '{context.Settings.Ledger}'. {Known(runs)}");
        }

        return runs.Find(run => run.Name == context.Settings.DefaultRun)
            ?? (runs.Count == 1 ? runs[0] : throw new CommandLineException($"Which run is meant? Give one with --run NAME. {Known(runs)}"));
    }

    private static string Known(List<RunOverview> runs) => runs.Count == 0
        ? "The ledger has no run."
        : $"The ledger has: {string.Join(", ", runs.Select(run => run.Name))}.";

    private static BatchExtractor Open(CommandContext context, Action<GeminiBatchBuilder> backend, bool isReadOnly = false)
    {
        if (Directory.Exists(context.Settings.Ledger))
        {
            throw new CommandLineException($"'{context.Settings.Ledger}' is a folder. The ledger is a file: give one with --ledger FILE.");
        }

        if (!isReadOnly && Path.GetDirectoryName(context.Settings.Ledger) is { Length: > 0 } folder)
        {
            PrivateFile.CreateFolder(folder);
        }

        return BatchExtractor.Create(builder =>
        {
            backend(builder);
            context.App.Pipeline?.Invoke(builder);
            builder.UseSqliteLedger(context.Settings.Ledger, options => (options.MaxPageCount, options.ReadOnly) = (context.Settings.LedgerMaxPages, isReadOnly));
        });
    }
}
