using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;

namespace GeminiBatch;

/// <summary>Copies pages into a PDF of their own.</summary>
internal static class PdfCutting
{
    // What leads from an annotation to elsewhere in the document, which would come along.
    private static readonly string[] s_ways = ["/A", "/AA", "/Dest", "/P", "/Parent", "/Popup", "/IRT"];

    public static byte[] Cut(PdfDocument whole, int first, int last)
    {
        try
        {
            using var section = new PdfDocument();
            for (var page = first; page <= last; page++)
            {
                var source = whole.Pages[page - 1];
                KeepAppearances(source);
                section.AddPage(source);
            }

            PdfStamps.Fix(section);
            using var bytes = new MemoryStream();
            section.Save(bytes, closeStream: false);
            return PdfStamps.Blank(bytes.ToArray());
        }
#pragma warning disable CA1031 // See PdfReading.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            throw new DocumentSplitException("broken_pdf", "its PDF is broken: pages cannot be taken out of it. Open and save it again, or get it anew.", error);
        }
    }

    // What was filled into a form is seen through annotations, so that they are copied; links are not seen.
    private static void KeepAppearances(PdfPage page)
    {
        if (page.Elements.GetArray("/Annots") is not { } annotations)
        {
            return;
        }

        for (var i = annotations.Elements.Count - 1; i >= 0; i--)
        {
            var item = annotations.Elements[i] is PdfReference reference ? reference.Value : annotations.Elements[i];
            if (item is not PdfDictionary annotation || annotation.Elements.GetName("/Subtype") == "/Link")
            {
                annotations.Elements.RemoveAt(i);
                continue;
            }

            foreach (var way in s_ways)
            {
                annotation.Elements.Remove(way);
            }
        }
    }
}
