using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>What all runs of one extractor share. The ledger and the backend are opened on first use.</summary>
internal sealed class ExtractionEngine : IDisposable
{
    private readonly Opened<LedgerDatabase> _ledger;
    private readonly Opened<SpoolFolder> _spool;
    private readonly Opened<IBatchBackend> _backend;
    private readonly Opened<RecipeBook> _recipes;

    public ExtractionEngine(SqliteLedgerOptions ledger, GeminiBatchOptions options, Func<IBatchBackend> backend, GeminiCatalogue catalogue, TimeProvider time, ILoggerFactory loggers)
    {
        LedgerOptions = ledger;
        Options = options;
        Catalogue = catalogue;
        Time = time;
        Logger = loggers.CreateLogger("GeminiBatch");
        _ledger = new(() => LedgerDatabase.Open(ledger, time));
        _spool = new(() => new SpoolFolder(ledger.Path, ledger.ReadOnly));
        _backend = new(backend);
        _recipes = new(() => new RecipeBook(Ledger));
    }

    public SqliteLedgerOptions LedgerOptions { get; }

    public GeminiBatchOptions Options { get; }

    public GeminiCatalogue Catalogue { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public LedgerDatabase Ledger => _ledger.Value;

    public SpoolFolder Spool => _spool.Value;

    public IBatchBackend Backend => _backend.Value;

    public RecipeBook Recipes => _recipes.Value;

    /// <summary>Cuts media that are over a limit; <see langword="null"/> when none is registered.</summary>
    public IDocumentSplitter? Splitter { get; init; }

    /// <summary>Told before and after every durable or remote effect, by name; tests freeze the run there.</summary>
    public Action<string>? Fault { get; set; }

    public void Dispose()
    {
        if (_ledger.IsValueCreated)
        {
            _ledger.Value.Dispose();
        }
    }
}
