using System.CommandLine;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>The options of all commands, and how they become settings.</summary>
internal sealed class AppOptions
{
    private const string Folder = ".gemini-batch";
    private readonly BatchAppBuilder _app;
    private readonly bool _isTool;

    public AppOptions(BatchAppBuilder app, bool isTool)
    {
        _app = app;
        _isTool = isTool;
        Documents.Description = $"The folder of documents; folders below it are read too. Or a file of documents as JSON lines (*.jsonl), such as 'export' writes of those that failed. Default: '{app.DefaultDocuments}' beside the program, or in the current directory.";
        Pattern.Description = $"Which files are documents: * and ?, several patterns separated by ';'. Other files are named and left. [default: {app.Pattern}]";
        Ledger.Description = $"The durable record of all runs, from which everything can go on after a crash. {(isTool ? $"Default: the only one in '{Folder}'." : $"[default: {OwnLedger}]")}";
        Backend.Description = app.StartEmulator is null
            ? "Where jobs are sent: 'developer' is the Gemini Developer API with the key in GOOGLE_API_KEY or GEMINI_API_KEY; 'vertex' is Vertex AI with the login of gcloud and a bucket."
            : "Where jobs are sent: 'emulator' answers by rules on this machine, free and offline; 'developer' is the Gemini Developer API with the key in GOOGLE_API_KEY or GEMINI_API_KEY; 'vertex' is Vertex AI with the login of gcloud and a bucket. [default: emulator]";
        OneOf(Backend, app.StartEmulator is null ? ["developer", "vertex"] : ["emulator", "developer", "vertex"]);
        OneOf(OnRecipeChange, "refuse", "keep", "extract-again");
        OneOf(Noise, "realistic", "none");
        Run.Description = "The run: one named extraction that can be interrupted, resumed and asked again. "
            + (isTool ? "Default: the only one of the ledger." : $"Default: made from the program or the folder{(app.StartEmulator is null ? "." : ", and '-emulated' with the emulator.")}");
        LedgerMaxMegabytes.HelpName = "MB";
        LedgerMaxMegabytes.Description = "Stop with an error instead of letting the ledger file grow beyond this. What was asked is kept beside it, in the ledger's '.spool' folder, and does not count.";
        MaxCost.HelpName = "USD";
        MaxCost.Description = "Send nothing that could make the run cost more than this many US dollars, such as 12.50.";
        MaxAttempts.HelpName = "N";
        MaxAttempts.Description = "How often one row is sent at most, the first time included. [default: 3]";
        CountTokens.HelpName = "N";
        CountTokens.Description = "Have the backend count the tokens of N rows of text, by which the estimate is corrected. Their text is sent to be counted; costs nothing.";
        OlderThan.HelpName = "DAYS";
        OlderThan.Description = "Only files of this age or more. [default: 2]";
        EmulatorPort.HelpName = "PORT";
        EmulatorPort.Description = "The emulator's port on 127.0.0.1. Default: a free one.";
        Seed.HelpName = "N";
        Seed.Description = "The emulator's seed: same seed, same answers. [default: 1]";
    }

    public Option<string> Documents { get; } = new("--documents", "-d") { HelpName = "FOLDER|FILE" };

    public Option<string> Pattern { get; } = new("--pattern") { HelpName = "PATTERN" };

    public Option<bool> SkipUnreadable { get; } = new("--skip-unreadable") { Description = "Name documents that cannot be read (dangling links, wrong encoding, empty) and go on, instead of stopping." };

    public Option<string> Run { get; } = new("--run", "-r") { HelpName = "NAME" };

    public Option<string> Ledger { get; } = new("--ledger", "-l") { HelpName = "FILE" };

    // SQLite has at most 2^32 pages.
    public Option<decimal?> LedgerMaxMegabytes { get; } = NumberOption.Amount("--ledger-max-megabytes", most: 16_000_000);

    public Option<string> Model { get; } = new("--model", "-m") { HelpName = "MODEL", Description = "The model. Default: the cheapest live one that runs batches." };

    public Option<string> Backend { get; } = new("--backend", "-b") { HelpName = "BACKEND" };

    public Option<bool> Emulator { get; } = new("--emulator") { Description = "Take the emulator's form of the backend: --backend vertex --emulator is Vertex AI and its bucket on this machine." };

    public Option<string> Project { get; } = new("--project") { HelpName = "ID", Description = "Vertex AI: the Google Cloud project. Default: GOOGLE_CLOUD_PROJECT, then the login's." };

    public Option<string> Location { get; } = new("--location") { HelpName = "PLACE", Description = "Vertex AI: where jobs run. Default: GOOGLE_CLOUD_LOCATION, then global." };

    public Option<string> Bucket { get; } = new("--bucket") { HelpName = "NAME", Description = "Vertex AI: the bucket for batch files, documents and results." };

    public Option<bool> CreateBucket { get; } = new("--create-bucket") { Description = "Vertex AI: make the bucket when it is missing; what is put there is deleted after 30 days." };

    public Option<string> Endpoint { get; } = new("--endpoint") { HelpName = "URI", Description = "Base address of the backend, such as http://127.0.0.1:8080/ of an emulator that is already running; the key or login is sent there. Needs --backend developer or vertex. Default: Google's, or the one in GOOGLE_GEMINI_BASE_URL with --backend developer." };

    public Option<decimal?> MaxCost { get; } = NumberOption.Amount("--max-cost", most: 9_000_000);

    public Option<int?> MaxAttempts { get; } = NumberOption.Whole("--max-attempts", least: 1, most: 1_000);

    public Option<bool> AllowSearchCost { get; } = new("--allow-search-cost") { Description = "Agree to searches with Google for more than about 100 rows: they are billed by query, not halved in a batch, and can cost many times what the tokens cost." };

    public Option<int?> CountTokens { get; } = NumberOption.Whole("--count-tokens", least: 1, most: 1_000);

    public Option<decimal?> OlderThan { get; } = NumberOption.Amount("--older-than", most: 36_500);

    public Option<string> Output { get; } = new("--output", "-o") { HelpName = "FOLDER", Description = "Where the results are written, as JSONL and CSV. Default: the folder 'results' in '.gemini-batch', or FILE.results with --ledger FILE." };

    public Option<string> OnRecipeChange { get; } = new("--on-recipe-change") { HelpName = "WHAT", Description = "When prompt, schema, model or settings differ from the run's: 'refuse' shows the difference and the price, 'keep' uses the stored recipe, 'extract-again' pays for new answers. [default: refuse]" };

    public Option<int?> EmulatorPort { get; } = NumberOption.Whole("--emulator-port", least: 1, most: 65_535);

    public Option<string> Noise { get; } = new("--noise") { HelpName = "WHAT", Description = "How messy the emulator's answers are: 'realistic' or 'none'. [default: realistic]" };

    public Option<int?> Seed { get; } = NumberOption.Whole("--seed", int.MinValue, int.MaxValue);

    public Option<bool> Json { get; } = new("--json") { Description = "Write the outcome as one JSON object to standard output, for programs." };

    public Option<bool> FailOnFailures { get; } = new("--fail-on-failures") { Description = "End with exit code 1 when a document failed." };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask before money is spent." };

    public Option<bool> PayAgain { get; } = new("--pay-again") { Description = "Also send again what the backend may have answered and billed already, where the answer cannot be read any more." };

    public Option<bool> Online { get; } = new("--online") { Description = "Also ask the backend whether it can be reached and takes the key. Costs nothing." };

    public Option<bool> Deep { get; } = new("--deep") { Description = "Also read every stored answer: slow, and the only check that finds one that is damaged or not its document's own." };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the whole story of an error." };

    private string OwnLedger => Path.Combine(Folder, _app.Name + ".db");

    public AppSettings Read(ParseResult parsed)
    {
        foreach (var option in (Option<string>[])[Documents, Pattern, Run, Ledger, Model, Output, Project, Location, Bucket])
        {
            RequireText(parsed, option);
        }

        var ledger = parsed.GetValue(Ledger) ?? (_isTool ? OnlyLedger() : OwnLedger);
        var given = parsed.GetValue(Documents);
        var output = parsed.GetValue(Output);
        return new AppSettings
        {
            Documents = given ?? FindOwnDocuments(),
            Pattern = parsed.GetValue(Pattern) ?? _app.Pattern,
            SkipUnreadable = parsed.GetValue(SkipUnreadable),
            Run = parsed.GetValue(Run),
            DefaultRun = (given is null ? _app.Name : RunNameOf(given)) + RunSuffix(parsed),
            Ledger = ledger,
            LedgerMaxMegabytes = parsed.GetValue(LedgerMaxMegabytes),
            Model = parsed.GetValue(Model),
            Backend = parsed.GetValue(Backend),
            Emulator = parsed.GetValue(Emulator),
            Project = parsed.GetValue(Project),
            Location = parsed.GetValue(Location),
            Bucket = BucketName(parsed.GetValue(Bucket)),
            CreateBucket = parsed.GetValue(CreateBucket),
            Endpoint = ReadEndpoint(parsed),
            MaxCost = parsed.GetValue(MaxCost),
            MaxAttempts = parsed.GetValue(MaxAttempts),
            AllowSearchCost = parsed.GetValue(AllowSearchCost),
            CountTokens = parsed.GetValue(CountTokens),
            OlderThanDays = parsed.GetValue(OlderThan),
            Output = output ?? Beside(ledger, "results"),
            IsOutputGiven = output is not null,
            EmulatorFolder = Beside(ledger, "emulator"),
            OnRecipeChange = parsed.GetValue(OnRecipeChange) switch
            {
                "refuse" => RecipeChange.Refuse,
                "keep" => RecipeChange.Keep,
                "extract-again" => RecipeChange.ExtractAgain,
                _ => null,
            },
            EmulatorPort = parsed.GetValue(EmulatorPort) ?? 0,
            Noise = parsed.GetValue(Noise) != "none",
            Seed = parsed.GetValue(Seed) ?? 1,
            Json = parsed.GetValue(Json),
            FailOnFailures = parsed.GetValue(FailOnFailures),
            Yes = parsed.GetValue(Yes),
            PayAgain = parsed.GetValue(PayAgain),
            Online = parsed.GetValue(Online),
            Deep = parsed.GetValue(Deep),
            Verbose = parsed.GetValue(Verbose),
        };
    }

    /// <summary>The folder's name and a mark of its full path: two folders of one name are two runs.</summary>
    public static string RunNameOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..4];
        var name = string.Concat(Path.GetFileName(path).ToLowerInvariant().Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'));
        return name.Length == 0 ? mark : $"{name}-{mark}";
    }

    // Runs of different backends have names of their own, so that the same program can ask the one and then the other.
    private string RunSuffix(ParseResult parsed)
    {
        var backend = parsed.GetValue(Backend);
        var isEmulated = _app.StartEmulator is not null && (parsed.GetValue(Emulator) || backend is null or "emulator");
        return (backend == "vertex" ? "-vertex" : "") + (isEmulated ? "-emulated" : "");
    }

    private static void OneOf(Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } word && !words.Contains(word, StringComparer.Ordinal))
            {
                result.AddError($"{option.Name} '{word}' is none of {string.Join(", ", words)}.");
            }
        });
    }

    private string OnlyLedger()
    {
        var found = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.db") : [];
        return found.Length switch
        {
            1 => found[0],
            0 => OwnLedger,
            _ => throw new CommandLineException($"Which ledger is meant? Give one with --ledger FILE. There are: {string.Join(", ", found.Order(StringComparer.Ordinal))}."),
        };
    }

    private string? FindOwnDocuments()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, _app.DefaultDocuments);
        return Directory.Exists(beside) ? beside : Directory.Exists(_app.DefaultDocuments) ? _app.DefaultDocuments : null;
    }

    private Uri? ReadEndpoint(ParseResult parsed) => parsed.GetValue(Endpoint) switch
    {
        null => null,
        _ when _app.StartEmulator is not null && (parsed.GetValue(Emulator) || parsed.GetValue(Backend) is null or "emulator") =>
            throw new CommandLineException("--endpoint needs --backend developer or vertex, without --emulator: the embedded emulator has its own address."),
        var text when text.TrimEnd('/').EndsWith("/v1beta", StringComparison.Ordinal) || text.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) =>
            throw new CommandLineException($"--endpoint '{text}' names a version of the API: leave out '{text.TrimEnd('/')[text.TrimEnd('/').LastIndexOf('/')..]}', it is added."),
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => uri,
        var text => throw new CommandLineException($"--endpoint '{text}' is no http or https address, such as http://127.0.0.1:8080/."),
    };

    // Often copied with its scheme.
    private static string? BucketName(string? bucket) => bucket?.StartsWith("gs://", StringComparison.Ordinal) == true ? bucket["gs://".Length..].TrimEnd('/') : bucket;

    // In a folder of its own a ledger needs no marks on its companions.
    private static string Beside(string ledger, string name) =>
        Path.GetDirectoryName(ledger) is { } folder && Path.GetFileName(folder) == Folder ? Path.Combine(folder, name) : $"{ledger}.{name}";

    private static void RequireText(ParseResult parsed, Option<string> option)
    {
        if (parsed.GetValue(option) is { } text && string.IsNullOrWhiteSpace(text))
        {
            throw new CommandLineException($"{option.Name} is empty. Give it a {option.HelpName}, or leave it out.");
        }
    }
}
