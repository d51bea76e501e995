using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>Cuts PDFs by pages, and further by bytes. The same PDF and limits give the same sections, byte for byte.</summary>
internal sealed class PdfSplitter(PdfSplittingOptions options) : IDocumentSplitter
{
    public bool Takes(string mimeType) => string.Equals(mimeType, "application/pdf", StringComparison.OrdinalIgnoreCase);

    public async IAsyncEnumerable<SplitPages> SplitAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var size = content.Length;

        // Reading takes no time to speak of for most; for a large one it shall not hold up whoever asked for the plan.
        using var whole = await Task.Run(() => PdfReading.Open(content), cancellationToken).ConfigureAwait(false);
        if (whole.PageCount <= options.MaxPages && size <= options.MaxBytes)
        {
            yield return SplitPages.Whole(whole.PageCount);
            yield break;
        }

        var ranges = new Stack<(int First, int Last)>();
        for (var first = ((whole.PageCount - 1) / options.MaxPages * options.MaxPages) + 1; first > 0; first -= options.MaxPages)
        {
            ranges.Push((first, Math.Min(first + options.MaxPages - 1, whole.PageCount)));
        }

        while (ranges.TryPop(out var range))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, last) = range;
            var bytes = await Task.Run(() => PdfCutting.Cut(whole, first, last), cancellationToken).ConfigureAwait(false);
            if (bytes.Length <= options.MaxBytes)
            {
                yield return new SplitPages(first, last, bytes);
            }
            else if (first < last)
            {
                var middle = first + ((last - first) / 2);
                ranges.Push((middle + 1, last));
                ranges.Push((first, middle));
            }
            else
            {
                throw new DocumentSplitException("too_large", string.Create(
                    CultureInfo.InvariantCulture, $"page {first} of its PDF alone has {bytes.Length} bytes, and {options.MaxBytes} are allowed. Make its images smaller."));
            }
        }
    }
}
