namespace GeminiBatch;

/// <summary>The documents of one invocation, and an account of the files that are none.</summary>
internal sealed class DocumentFolder(CommandContext context)
{
    private const int Named = 10;
    private readonly List<SkippedDocument> _skipped = [];
    private readonly AppSettings _settings = context.Settings;

    public string Path => _settings.Documents
        ?? throw new CommandLineException($"There is no folder of documents: give one with --documents FOLDER, or put the documents into '{context.App.DefaultDocuments}'.");

    public IReadOnlyList<SkippedDocument> Skipped => _skipped;

    public async IAsyncEnumerable<BatchDocument> ReadAsync()
    {
        var options = new FolderOptions { Skipped = Skip };
        await foreach (var document in BatchDocument.FromFolder(Path, _settings.Pattern, options))
        {
            yield return context.App.Prepare(document);
        }
    }

    /// <summary>Names what was not taken. Ground truth beside its document is not worth a word.</summary>
    public void NameSkipped()
    {
        var worth = _skipped.Where(static skipped => !IsGroundTruth(skipped)).OrderBy(static skipped => skipped.Id, StringComparer.Ordinal).ToList();
        foreach (var skipped in worth.Take(Named))
        {
            context.Console.Note($"skipped: {CommandError.OneLine(skipped.Message)}");
        }

        if (worth.Count > Named)
        {
            context.Console.Note($"skipped: {Figures.Count(worth.Count - Named)} more files; --json names them all.");
        }
    }

    private void Skip(SkippedDocument skipped)
    {
        if (skipped.Reason is not ("not_matched" or "hidden") && !_settings.SkipUnreadable)
        {
            throw new DocumentException(skipped.Id, skipped.Reason, $"{skipped.Message.TrimEnd('.')}. To go on without it: --skip-unreadable.");
        }

        _skipped.Add(skipped);
    }

    private static bool IsGroundTruth(SkippedDocument skipped) =>
        skipped.Reason == "not_matched" && skipped.Id.EndsWith(".expected.json", StringComparison.OrdinalIgnoreCase);
}
