using PdfSharp.License;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace GeminiBatch;

/// <summary>Opens PDFs of strangers.</summary>
internal static class PdfReading
{
    /// <summary>Whether PDFsharp was told under which licence it is used.</summary>
    public static bool IsLicensed()
    {
        try
        {
            using var document = new PdfDocument();
            return true;
        }
        catch (PdfSharpLicenseException)
        {
            return false;
        }
    }

    /// <exception cref="DocumentSplitException">Thrown for what is no PDF that can be read.</exception>
    public static PdfDocument Open(byte[] content)
    {
        var asksForPassword = false;
        try
        {
            PdfScreening.Require(content);
            var document = PdfReader.Open(new MemoryStream(content, writable: false), PdfDocumentOpenMode.Import, arguments =>
            {
                asksForPassword = true;
                arguments.Abort = true;
            });
            if (document is not { PageCount: > 0 and var pages })
            {
                throw asksForPassword ? Encrypted() : PdfScreening.Broken("it has no pages");
            }

            // The count is what the file says; the last page shows whether they are there.
            return document.Pages[pages - 1] is not null ? document : throw PdfScreening.Broken("pages are missing");
        }
#pragma warning disable CA1031 // A parser of strangers' files may fail with anything; which of it is no concern of the run.
        catch (Exception error) when (error is not (DocumentSplitException or PdfSharpLicenseException or OperationCanceledException))
#pragma warning restore CA1031
        {
            throw asksForPassword ? Encrypted(error) : PdfScreening.Broken("it cannot be read to its end", error);
        }
    }

    private static DocumentSplitException Encrypted(Exception? error = null) =>
        new("encrypted_pdf", "its PDF asks for a password. Save it without one.", error);
}
