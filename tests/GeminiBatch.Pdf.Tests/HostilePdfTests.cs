using System.Globalization;
using System.IO.Compression;
using System.Text;
using GeminiBatch.Testing;

namespace GeminiBatch.Pdf.Tests;

/// <summary>PDFs that are made to end the process that reads them.</summary>
public sealed class HostilePdfTests
{
    private const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";

    [Theory]
    [InlineData("arrays in arrays")]
    [InlineData("dictionaries in dictionaries")]
    [InlineData("arrays in arrays, packed")]
    [InlineData("packed beyond measure")]
    [InlineData("pages of themselves")]
    [InlineData("pages of themselves, by another name")]
    [InlineData("pages of each other")]
    [InlineData("pages of themselves, packed")]
    [InlineData("pages of themselves behind a number, packed")]
    [InlineData("pages of themselves by an array apart")]
    [InlineData("millions of pages of a few")]
    [InlineData("a tower of pages")]
    [InlineData("fields of themselves")]
    [InlineData("a length of its own")]
    [InlineData("an update of itself")]
    public async Task A_PDF_that_has_no_end_is_broken_and_nothing_else(string kind)
    {
        var pdf = kind switch
        {
            "arrays in arrays" => Of($"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, new string('[', 200_000)),
            "dictionaries in dictionaries" => Of($"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, string.Concat(Enumerable.Repeat("<</A", 200_000))),
            "arrays in arrays, packed" => Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, Packed("5 0 " + new string('[', 200_000))),
            "packed beyond measure" => Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, Packed("5 0 [", blanks: 300_000_000)),
            "pages of themselves" => Of("<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
            "pages of themselves, by another name" => Of("<< /Type /Pages /Count 1 /K#69ds [2 0 R] >>"),
            "pages of each other" => Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
            "pages of themselves, packed" => Of("<< /Type /Pages /Count 1 /Kids [5 0 R] >>", Page, Packed("5 0 << /Type /Pages /Count 1 /Kids [5 0 R] >>")),
            "pages of themselves behind a number, packed" => Of("<< /Type /Pages /Count 1 /Kids [5 0 R] >>", Page, Packed("6 0 5 3 17 << /Type /Pages /Count 1 /Kids [5 0 R] >>", first: 8)),
            "pages of themselves by an array apart" => Of("<< /Type /Pages /Count 1 /Kids 3 0 R >>", "[2 0 R]"),
            "millions of pages of a few" => Of([.. Enumerable.Range(2, 40).Select(static number => $"<< /Type /Pages /Count 2 /Kids [{number + 1} 0 R {number + 1} 0 R] >>"), Page]),
            "a tower of pages" => Of([.. Enumerable.Range(2, 100_000).Select(static number => $"<< /Type /Pages /Count 1 /Kids [{number + 1} 0 R] >>"), Page]),
            "fields of themselves" => SamplePdf.OfObjects("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, "<< /FT /Tx /T (a) /Kids [4 0 R] >>"),
            "a length of its own" => Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, "<< /Length 4 0 R >>\nstream\nabc\nendstream"),
            _ => UpdateOfItself(),
        };

        using var content = new MemoryStream(pdf);
        var error = await Assert.ThrowsAsync<DocumentSplitException>(async () => await new PdfSplitter(new PdfSplittingOptions()).SplitAsync(content, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("broken_pdf", error.Reason);
    }

    [Fact]
    public async Task A_tree_of_pages_and_packed_objects_that_are_in_order_are_read()
    {
        var pdf = Of(
            "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
            "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [5 0 R] >>",
            "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [6 0 R] >>",
            "<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Note " + new string('[', 100) + new string(']', 100) + " >>",
            "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842] >>");

        using var content = new MemoryStream(pdf);
        Assert.Equal(SplitPages.Whole(2), Assert.Single(await new PdfSplitter(new PdfSplittingOptions()).SplitAsync(content, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_pack_inside_of_a_pack_is_no_pack()
    {
        var pdf = Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, Packed("5 0 << /Type /ObjStm /First 0 stream" + new string(' ', 100_000)));

        using var content = new MemoryStream(pdf);
        Assert.Equal(SplitPages.Whole(1), Assert.Single(await new PdfSplitter(new PdfSplittingOptions()).SplitAsync(content, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Many_packs_in_a_large_file_are_unpacked_in_place()
    {
        // Each one could reach to the file's end for all that it says: copies of what follows would be 40 GB.
        var packs = Enumerable.Repeat(Packed("5 0 [1]"), 2_000);
        var pdf = Of(["<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page, .. packs, "<< /Length 20000000 >>\nstream\n" + new string('x', 20_000_000) + "\nendstream"]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        PdfScreening.Require(pdf);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }

    [Fact]
    public void PDFs_of_strangers_pass()
    {
        var folder = SourceTree.Shared("real", "invoices");
        foreach (var file in Directory.GetFiles(folder, "*.pdf"))
        {
            using var document = PdfReading.Open(File.ReadAllBytes(file));
            Assert.InRange(document.PageCount, 1, 100);
        }
    }

    [Fact]
    public async Task What_is_larger_than_memory_should_hold_is_not_opened()
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var content = new FileStream(path, FileMode.Open);
            content.SetLength(500_000_001);

            var error = await Assert.ThrowsAsync<DocumentSplitException>(async () => await new PdfSplitter(new PdfSplittingOptions()).SplitAsync(content, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

            Assert.Equal(("too_large", 0L), (error.Reason, content.Position));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Of(params IReadOnlyList<string> objects) => SamplePdf.OfObjects(["<< /Type /Catalog /Pages 2 0 R >>", .. objects]);

    private static string Packed(string objects, int first = 4, int blanks = 0)
    {
        using var packed = new MemoryStream();
        using (var deflating = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflating.Write(Encoding.Latin1.GetBytes(objects));
            var block = Encoding.Latin1.GetBytes(new string(' ', 64 * 1024));
            for (var left = blanks; left > 0; left -= block.Length)
            {
                deflating.Write(block.AsSpan(0, Math.Min(left, block.Length)));
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"<< /Type /ObjStm /N 1 /First {first} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream");
    }

    private static byte[] UpdateOfItself()
    {
        var pdf = Encoding.Latin1.GetString(Of("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", Page));
        var table = pdf.LastIndexOf("xref\n0", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(pdf.Replace("/Root 1 0 R", string.Create(CultureInfo.InvariantCulture, $"/Root 1 0 R /Prev {table}"), StringComparison.Ordinal));
    }
}
