using System.Globalization;
using System.Text;

namespace GeminiBatch.Pdf.Tests;

/// <summary>Writes small PDFs by hand, a text to a page.</summary>
internal static class SamplePdf
{
    /// <summary>A whole PDF with a cross-reference table.</summary>
    /// <param name="texts">One text for each page, lines separated by <c>\n</c>.</param>
    /// <param name="annotations">Objects' bodies for the annotations of each page; page n's are numbered behind everything else.</param>
    public static byte[] Of(IReadOnlyList<string> texts, Func<int, string>? annotations = null)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {texts.Count} /Kids [{string.Join(' ', texts.Select(static (_, i) => $"{4 + (2 * i)} 0 R"))}] /MediaBox [0 0 595 842] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        for (var page = 0; page < texts.Count; page++)
        {
            var content = $"BT /F1 12 Tf 72 760 Td {string.Join(" 0 -14 Td ", texts[page].Split('\n').Select(static line => $"({line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj"))} ET";
            objects.Add($"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * page)} 0 R {(annotations is null ? "" : $"/Annots [{annotations(page)}]")} >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Write(objects, "");
    }

    /// <summary>One that says it is encrypted by the standard handler and can be opened by nobody without its password.</summary>
    public static byte[] Encrypted() => Write(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <5f3b4f4ff5f6d2a1e2f7a5a1b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6> /U <00112233445566778899aabbccddeeff00000000000000000000000000000000> >>",
        ],
        "/Encrypt 4 0 R /ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]");

    /// <summary>Objects as they are, the first of them the catalogue.</summary>
    public static byte[] OfObjects(params IReadOnlyList<string> objects) => Write([.. objects], "");

    private static byte[] Write(List<string> objects, string trailer)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
