namespace GeminiBatch;

/// <summary>The documents of one invocation, and an account of the files that are none.</summary>
internal sealed class DocumentFolder(CommandContext context)
{
    private const int Named = 10;
    private readonly Lock _lock = new();
    private readonly List<SkippedDocument> _skipped = [];
    private readonly AppSettings _settings = context.Settings;

    public string Path => _settings.Documents
        ?? throw new CommandLineException($"There is no folder of documents: give one with --documents FOLDER, or put the documents into '{context.App.DefaultDocuments}'.");

    /// <summary>Every file that is not in the run, in the order of their names.</summary>
    public IReadOnlyList<SkippedDocument> Skipped
    {
        get
        {
            lock (_lock)
            {
                return [.. _skipped.OrderBy(static skipped => skipped.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Files that are documents and could not be read.</summary>
    public IReadOnlyList<SkippedDocument> Unreadable => [.. Skipped.Where(static skipped => skipped.Reason is not ("not_matched" or "hidden"))];

    public async IAsyncEnumerable<BatchDocument> ReadAsync()
    {
        if (!Directory.Exists(Path) && new FileInfo(Path).LinkTarget is { } target)
        {
            throw new CommandLineException($"'{Path}' is a link to '{target}', which is no folder. Restore it, or give another folder with --documents.");
        }

        var documents = File.Exists(Path) && Path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? BatchDocument.FromJsonLines(Path)
            : BatchDocument.FromFolder(Path, _settings.Pattern, new FolderOptions { Skipped = Skip });
        await foreach (var document in documents)
        {
            yield return context.App.Prepare(document);
        }
    }

    /// <summary>Stops where documents cannot be read and leaving them out was not asked for, and names them all.</summary>
    public void RequireReadable()
    {
        if (Unreadable is { Count: > 0 } unreadable && !_settings.SkipUnreadable)
        {
            var named = string.Join(" ", unreadable.Take(Named).Select(static skipped => OptionWords.In(skipped.Message)));
            var more = unreadable.Count > Named ? $" And {Figures.Count(unreadable.Count - Named)} more." : "";
            throw new CommandLineException($"{Figures.Count(unreadable.Count, "document", "documents")} cannot be read, so nothing was sent. {named}{more} To go on without: --skip-unreadable.");
        }
    }

    /// <summary>Names what was not taken. Ground truth beside its document is not worth a word.</summary>
    public void NameSkipped()
    {
        var worth = Skipped.Where(static skipped => !IsGroundTruth(skipped)).ToList();
        foreach (var skipped in worth.Take(Named))
        {
            context.Console.Note($"skipped: {CommandError.OneLine(OptionWords.In(skipped.Message))}");
        }

        if (worth.Count > Named)
        {
            context.Console.Note($"skipped: {Figures.Count(worth.Count - Named)} more files; --json names them all.");
        }
    }

    private void Skip(SkippedDocument skipped)
    {
        lock (_lock)
        {
            _skipped.Add(skipped);
        }
    }

    private static bool IsGroundTruth(SkippedDocument skipped) =>
        skipped.Reason == "not_matched" && skipped.Id.EndsWith(".expected.json", StringComparison.OrdinalIgnoreCase);
}
