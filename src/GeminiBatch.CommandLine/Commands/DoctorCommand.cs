using System.Globalization;
using Spectre.Console;

namespace GeminiBatch;

/// <summary>Checks what a run needs, and says of each thing how it is.</summary>
internal static class DoctorCommand
{
    private const long LowDisk = 1L << 30;
    private const long NoDisk = 64L << 20;
    private static readonly string[] s_permissions = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"];

    private enum Verdict
    {
        Good,
        Notice,
        Bad,
    }

    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        var checks = new List<Check> { Key(context) };
        if (context.Settings.Online)
        {
            checks.Add(await EndpointAsync(context));
            if (UsesVertex(context) && !UsesEmulator(context))
            {
                checks.Add(await BucketAsync(context));
            }
        }

        checks.Add(await LedgerAsync(context));
        checks.Add(Disk(context));
        checks.Add(Catalogue());
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                foreach (var check in checks)
                {
                    writer.WriteStartObject(check.Name);
                    writer.WriteString("verdict", check.Verdict.ToString().ToLowerInvariant());
                    writer.WriteString("message", check.Message);
                    writer.WriteEndObject();
                }
            }));
        }
        else
        {
            foreach (var check in checks)
            {
                var (style, mark) = check.Verdict switch { Verdict.Good => ("green", "ok"), Verdict.Notice => ("yellow", "note"), _ => ("red", "bad") };
                context.Console.Markup($"[{style}]{mark,-5}[/][bold]{check.Name,-10}[/]{Markup.Escape(CommandError.OneLine(check.Message))}");
            }
        }

        return checks.Exists(static check => check.Verdict == Verdict.Bad) ? CommandError.Usage : 0;
    }

    private static bool UsesEmulator(CommandContext context) => context.App.StartEmulator is not null && (context.Settings.Emulator || context.Settings.Backend is null or "emulator");

    private static bool UsesVertex(CommandContext context) => context.Settings.Backend == "vertex";

    private static Check Key(CommandContext context)
    {
        if (UsesVertex(context))
        {
            return new("key", Verdict.Notice, "Not needed: Vertex AI takes a login, which --online tries.");
        }

        try
        {
            return ApiKey.Find() is var (variable, fingerprint)
                ? new("key", Verdict.Good, $"{variable} holds a key with the fingerprint {fingerprint}.")
                : new("key", UsesEmulator(context) ? Verdict.Notice : Verdict.Bad, "There is none in GOOGLE_API_KEY or GEMINI_API_KEY: only an emulator can be used.");
        }
        catch (CommandLineException exception)
        {
            return new("key", UsesEmulator(context) ? Verdict.Notice : Verdict.Bad, exception.Message);
        }
    }

    private static async Task<Check> EndpointAsync(CommandContext context)
    {
        if (UsesEmulator(context))
        {
            return new("endpoint", Verdict.Notice, "Not asked: without --backend developer the embedded emulator is used, which needs no network.");
        }

        try
        {
            if (UsesVertex(context))
            {
                await using var session = await BackendSession.StartAsync(context, null);
                var asked = session.Connect().DefaultModel;
                await session.ProbeAsync(asked, context.CancellationToken);
                return new("endpoint", Verdict.Good, $"{session.Name} answers, takes the login and knows {asked}.");
            }

            var client = new DeveloperApiClient(new DeveloperApiOptions { MaxAttempts = 1, Endpoint = context.Settings.Endpoint });
            var model = new DeveloperBackend(client).DefaultModel;
            await client.Models.GetAsync(model, context.CancellationToken);
            return new("endpoint", Verdict.Good, $"{client.Endpoint} answers, takes the key and knows {model}.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new("endpoint", Verdict.Bad, CommandError.Describe(exception).Line);
        }
    }

    private static async Task<Check> BucketAsync(CommandContext context)
    {
        if (context.Settings.Bucket is not { } bucket)
        {
            return new("bucket", Verdict.Bad, "None is named: give one with --bucket. Jobs on Vertex AI read from it and write to it.");
        }

        try
        {
            await using var session = await BackendSession.StartAsync(context, null);
            var storage = session.VertexClient().Storage;
            var place = "";
            try
            {
                if (await storage.FindBucketAsync(bucket, context.CancellationToken) is not { } found)
                {
                    return context.Settings.CreateBucket
                        ? new("bucket", Verdict.Notice, $"There is no '{bucket}' at {storage.Endpoint} yet; the first run makes it.")
                        : new("bucket", Verdict.Bad, $"There is no '{bucket}' at {storage.Endpoint}: create it, or give --create-bucket.");
                }

                place = $" in {found.Location}";
            }
            catch (GeminiApiException exception) when (exception.HttpStatus == 403)
            {
                // Who may read and write objects need not be allowed to look at the bucket.
            }

            return await storage.FindMissingPermissionsAsync(bucket, s_permissions, context.CancellationToken) switch
            {
                null => new("bucket", Verdict.Notice, $"'{bucket}' does not tell this login what it may do there; a run will show it."),
                [] => new("bucket", Verdict.Good, $"'{bucket}'{place} at {storage.Endpoint} can be read and written."),
                var missing => new("bucket", Verdict.Bad, $"On '{bucket}' the login lacks {string.Join(", ", missing)}."),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new("bucket", Verdict.Bad, CommandError.Describe(exception).Line);
        }
    }

    private static async Task<Check> LedgerAsync(CommandContext context)
    {
        var path = context.Settings.Ledger;
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return new("ledger", Verdict.Notice, $"There is none at '{path}' yet; the first run makes it.");
        }

        try
        {
            await using var extractor = LedgerAccess.OpenOffline(context);
            var findings = new List<LedgerFinding>();
            await foreach (var finding in extractor.CheckAsync(context.Settings.Deep, context.CancellationToken))
            {
                findings.Add(finding);
            }

            var runs = 0;
            await foreach (var _ in extractor.ListRunsAsync(context.CancellationToken))
            {
                runs++;
            }

            return findings.Count == 0
                ? new("ledger", Verdict.Good, $"'{path}' is sound: {Figures.Count(runs, "run", "runs")}, {Megabytes(new FileInfo(path).Length)}.")
                : new("ledger", Verdict.Bad, $"'{path}' breaks {Figures.Count(findings.Count, "law", "laws")}: {string.Join("; ", findings.Take(3).Select(static finding => $"{finding.Rule}: {finding.Message}"))}");
        }
        catch (Exception exception) when (exception is LedgerException or CommandLineException or IOException or UnauthorizedAccessException)
        {
            return new("ledger", Verdict.Bad, exception.Message);
        }
    }

    private static Check Disk(CommandContext context)
    {
        var path = Path.GetFullPath(context.Settings.Ledger);
        var free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : ExistingFolder(path)).AvailableFreeSpace;
        return free < NoDisk
            ? new("disk", Verdict.Bad, $"{Megabytes(free)} free where the ledger is: a run needs more. Free some space, or give a ledger elsewhere with --ledger FILE.")
            : new("disk", free < LowDisk ? Verdict.Notice : Verdict.Good, $"{Megabytes(free)} free where the ledger is{(free < LowDisk ? ": large runs need more" : "")}.");
    }

    private static Check Catalogue()
    {
        var catalogue = GeminiCatalogue.Default;
        return new("catalogue", Verdict.Good, $"Models, limits and prices as of {catalogue.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Figures.Count(catalogue.Models.Count, "model", "models")}; the default model is {catalogue.Backend("developer").DefaultModel}.");
    }

    private static string ExistingFolder(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }

    private static string Megabytes(long bytes) => bytes >= 1L << 30
        ? (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GB"
        : (bytes / (double)(1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MB";

    private sealed record Check(string Name, Verdict Verdict, string Message);
}
