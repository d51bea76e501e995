namespace GeminiBatch;

/// <summary>From which size on a PDF is split. Checked when the extractor is made.</summary>
public sealed class PdfSplittingOptions
{
    /// <summary>Most pages of a PDF, and of a section; 1,000 as the service takes (protocol: 1.6). Fewer make answers better that list what stands on many pages.</summary>
    public int MaxPages { get; set; } = 1_000;

    /// <summary>Most bytes of a PDF, and of a section; 50,000,000 as the service takes (protocol: 1.6).</summary>
    public long MaxBytes { get; set; } = 50_000_000;
}
