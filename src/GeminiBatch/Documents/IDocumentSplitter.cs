namespace GeminiBatch;

/// <summary>Cuts media that are over a limit into sections, while a run is planned. Safe to call from several threads at once.</summary>
public interface IDocumentSplitter
{
    /// <summary>Whether it looks at media of a type at all.</summary>
    /// <param name="mimeType">Such as <c>application/pdf</c>.</param>
    bool Takes(string mimeType);

    /// <summary>
    /// The sections of a medium in order. For one that is within the limits and is sent whole, <see cref="SplitPages.Whole"/> alone; nothing at all where its pages
    /// are not known, and the estimate goes by its bytes.
    /// </summary>
    /// <param name="content">The medium: seekable, at its start; not disposed.</param>
    /// <param name="cancellationToken">Stops cutting.</param>
    /// <exception cref="DocumentSplitException">The medium cannot be read or cannot be cut; its document fails with that reason, the run goes on.</exception>
    IAsyncEnumerable<SplitPages> SplitAsync(Stream content, CancellationToken cancellationToken = default);
}
