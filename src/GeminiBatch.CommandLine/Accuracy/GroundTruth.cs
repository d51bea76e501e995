using System.Text.Json;

namespace GeminiBatch;

/// <summary>The ground truth of documents in a folder: for <c>a/b.txt</c> the file <c>a/b.expected.json</c> beside it.</summary>
internal sealed class GroundTruth(string? folder)
{
    /// <summary>Adds one result to the tally when there is ground truth for its document. Ground truth that cannot be read is noted, never thrown.</summary>
    public void Compare(ExtractionResult result, AccuracyTally tally)
    {
        if (Find(result.DocumentId) is not { } path)
        {
            return;
        }

        if (!result.Succeeded)
        {
            tally.AddFailed();
            return;
        }

        try
        {
            using var truth = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var value = JsonDocument.Parse(result.CanonicalJson);
            tally.Add(result.DocumentId, truth.RootElement, value.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            tally.AddUnusable($"the ground truth '{path}' cannot be read: {exception.Message}");
        }
    }

    private string? Find(string documentId)
    {
        if (folder is null)
        {
            return null;
        }

        // Ids come from the ledger and are not trusted to stay inside the folder.
        var root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        var path = Path.GetFullPath(Path.Combine(root, Path.ChangeExtension(documentId, ".expected.json")));
        return path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path) ? path : null;
    }
}
