using System.Globalization;

namespace GeminiBatch;

/// <summary>Makes one content of a document that is within the limits, and one for each section of a document that is not.</summary>
/// <param name="store">Keeps the sections.</param>
/// <param name="splitter">Cuts; <see langword="null"/> when none is registered.</param>
/// <param name="mostPdfBytes">Most bytes of a PDF at the backend.</param>
/// <param name="known">Sections that were answered and stay as they are; <see langword="null"/> to cut by the limits of today.</param>
internal sealed class SectionCutter(ContentStore store, IDocumentSplitter? splitter, long mostPdfBytes, KnownSections? known = null)
{
    public async ValueTask<IReadOnlyList<DocumentContent>> CutAsync(string id, IReadOnlyList<SpoolPart> parts, CancellationToken cancellationToken)
    {
        var (at, sections) = (-1, (List<SpoolPart.Content>)[]);
        var measured = parts.ToArray();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not SpoolPart.Content content)
            {
                continue;
            }

            try
            {
                var (cut, pages) = await CutAsync(id, content, cancellationToken).ConfigureAwait(false);
                measured[i] = content with { PageCount = pages };
                if (cut.Count > 0 && at >= 0)
                {
                    throw new DocumentSplitException("several_over_limit", "it has more than one medium over the limit. Make a document of each.");
                }

                (at, sections) = cut.Count > 0 ? (i, cut) : (at, sections);
            }
            catch (DocumentSplitException error)
            {
                return [new(parts, Failure: new(error.Reason, $"Document '{id}' cannot be sent: {error.Message}"))];
            }
        }

        return at < 0 ? [new(measured)] : [.. sections.Select((section, index) => new DocumentContent(
            [.. measured.Take(at), section, .. measured.Skip(at + 1)], new DocumentSection(id, index + 1, sections.Count, section.Pages!.First, section.Pages.Last)))];
    }

    private async ValueTask<(List<SpoolPart.Content> Sections, int? Pages)> CutAsync(string id, SpoolPart.Content content, CancellationToken cancellationToken)
    {
        var (sections, count) = (new List<SpoolPart.Content>(), (int?)null);
        if (splitter is not null && splitter.Takes(content.MimeType))
        {
            if (known?.Find(id, content) is { } answered)
            {
                return (answered, null);
            }

            var whole = store.Open(content.Hash);
            await using (whole.ConfigureAwait(false))
            {
                await foreach (var pages in splitter.SplitAsync(whole, cancellationToken).ConfigureAwait(false))
                {
                    if (pages.IsWhole)
                    {
                        count = pages.LastPage;
                        continue;
                    }

                    using var bytes = new MemoryStream(pages.Content.ToArray(), writable: false);
                    var (hash, size) = await store.AddAsync(bytes, cancellationToken).ConfigureAwait(false);
                    sections.Add(new(hash, content.MimeType, size, new(content.Hash, pages.FirstPage, pages.LastPage)));
                }
            }
        }
        else if (content.MimeType == MediaTypes.Pdf && content.Size > mostPdfBytes)
        {
            throw new DocumentSplitException("too_large", string.Create(
                CultureInfo.InvariantCulture, $"its PDF has {content.Size} bytes, and the backend takes {mostPdfBytes}. Have it split: reference GeminiBatch.Pdf and call UsePdfSplitting() where the backend is named."));
        }

        return (sections, count);
    }
}
