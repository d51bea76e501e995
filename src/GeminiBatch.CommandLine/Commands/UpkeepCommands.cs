using System.Runtime.CompilerServices;
using System.Text.Json;
using Spectre.Console;

namespace GeminiBatch;

/// <summary>What the ledger has left at the backend: jobs that nothing stands for, and batch files that nothing needs. What carries another name is never touched.</summary>
internal static class UpkeepCommands
{
    private const int DefaultDays = 2;

    public static Task<int> SweepAsync(CommandContext context) => ExecuteAsync(
        context,
        "cancelled",
        (extractor, token) => SweepAsync(context, extractor, token),
        static job => $"{job.Name} ({job.DisplayName}, {job.State})",
        static (writer, job) =>
        {
            writer.WriteString("name", job.Name);
            writer.WriteString("displayName", job.DisplayName);
            writer.WriteString("state", job.State);
        },
        static count => count == 0 ? "No job at the backend carries this ledger's name without being in it." : $"{Figures.Count(count, "job", "jobs")} cancelled: nothing in the ledger stood for them.");

    public static Task<int> CleanUpAsync(CommandContext context)
    {
        var age = TimeSpan.FromDays((double)(context.Settings.OlderThanDays ?? DefaultDays));
        return ExecuteAsync(
            context,
            "deleted",
            (extractor, token) => extractor.CleanUpFilesAsync(age, token),
            static file => file.Name,
            static (writer, file) => writer.WriteString("name", file.Name),
            count => count == 0 ? $"No batch file of this ledger is older than {age.TotalDays:0.##} days and needed by nothing." : $"{Figures.Count(count, "batch file", "batch files")} deleted.");
    }

    // A copy of a ledger has its name too: then these are jobs of the original.
    private static async IAsyncEnumerable<SweptJob> SweepAsync(CommandContext context, BatchExtractor extractor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!context.Settings.Yes)
        {
            var stray = await extractor.FindStrayJobsAsync(cancellationToken).ToListAsync(cancellationToken);
            if (stray.Count == 0)
            {
                yield break;
            }

            foreach (var job in stray)
            {
                context.Console.Note($"running: {job.Name} ({job.DisplayName}, {job.State})");
            }

            var what = $"{Figures.Count(stray.Count, "job runs", "jobs run")} under this ledger's name without being in it";
            if (!AppConsole.CanAsk)
            {
                throw new CommandLineException($"Nothing was cancelled: {what}. If no other copy of the ledger is at work, cancel with --yes.");
            }

            if (!context.Console.Err.Confirm($"{what}. In a copy of a ledger they are the original's. Cancel?", defaultValue: false))
            {
                throw new CommandLineException("Nothing was cancelled.");
            }
        }

        await foreach (var job in extractor.SweepJobsAsync(cancellationToken))
        {
            yield return job;
        }
    }

    private static async Task<int> ExecuteAsync<T>(
        CommandContext context, string what, Func<BatchExtractor, CancellationToken, IAsyncEnumerable<T>> find, Func<T, string> show, Action<Utf8JsonWriter, T> write, Func<int, string> tell)
    {
        await using var session = await BackendSession.StartAsync(context, await BackendOfAsync(context));
        await using var extractor = LedgerAccess.Open(context, session);
        var found = new List<T>();
        await foreach (var thing in find(extractor, context.CancellationToken))
        {
            found.Add(thing);
            if (!context.Settings.Json)
            {
                context.Console.Markup(Markup.Escape(TerminalText.OneLine(show(thing))));
            }
        }

        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                writer.WriteStartArray(what);
                foreach (var thing in found)
                {
                    writer.WriteStartObject();
                    write(writer, thing);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
        }
        else
        {
            context.Console.Markup(tell(found.Count));
        }

        return 0;
    }

    // A ledger may have runs of several backends: then one of them says which is meant.
    private static async Task<string?> BackendOfAsync(CommandContext context)
    {
        await using var offline = LedgerAccess.OpenOffline(context);
        if (context.Settings.Run is not null)
        {
            return (await LedgerAccess.FindRunAsync(context, offline)).Backend;
        }

        var backends = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var run in offline.ListRunsAsync(context.CancellationToken))
        {
            backends.Add(run.Backend);
        }

        return backends.Count switch
        {
            0 => null,
            1 => backends.Min,
            _ => throw new CommandLineException($"The ledger has runs of several backends: give one of its runs with --run NAME. There are: {string.Join("; ", backends)}."),
        };
    }
}
