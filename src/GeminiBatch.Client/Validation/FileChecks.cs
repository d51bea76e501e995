using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks addresses of files (protocol: 1.6, 3.5, 4).</summary>
internal static class FileChecks
{
    internal static void CheckFile(RowCheck row, int file)
    {
        RowTree tree = row.Tree;
        if (!tree.Has(file) || !row.Is(file, JsonTokenType.StartObject, "'fileData'"))
        {
            return;
        }

        if (!tree.IsText(tree.Find(file, "mimeType")))
        {
            row.Report(RequestRules.FileMimeMissing, file, "The file part names no media type.");
        }

        int uri = tree.Find(file, "fileUri");
        if (!tree.IsText(uri) || tree.Text(uri) is not { Length: > 0 } address)
        {
            row.Report(RequestRules.FileUriMissing, file, "The file part has no address.");
            return;
        }

        bool isStorage = GeminiAddress.IsStorage(address);
        bool isWeb = address.StartsWith("https://", StringComparison.Ordinal);
        if (row.IsVertex && GeminiAddress.IsFilesApi(address))
        {
            row.Report(RequestRules.FileUriForeign, uri, "The address is a file of the Developer API.");
        }
        else if (row.IsVertex ? !isStorage && !isWeb : !isWeb && !address.StartsWith("files/", StringComparison.Ordinal))
        {
            row.Report(RequestRules.FileUriScheme, uri, isStorage ? "The address is an object of Cloud Storage." : "The address is none that the backend reads.");
        }
        else if (isStorage && !CloudObjectName.TryParse(address, out _))
        {
            row.Report(RequestRules.FileUriScheme, uri, "The address names no object of Cloud Storage.");
        }
        else if (isStorage && address.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(address) != address)
        {
            row.Report(RequestRules.FileUriEscaped, uri, "The address looks escaped.");
        }
    }
}
