namespace GeminiBatch;

/// <summary>What a builder has named, by the registration's name.</summary>
internal sealed class ExtractorSetup
{
    public Func<IServiceProvider, IBatchBackend>? Backend { get; set; }

    public Func<IServiceProvider, IDocumentSplitter>? Splitter { get; set; }

    public bool HasLedger { get; set; }

    public TimeProvider? Time { get; set; }
}
