using System.Text;

namespace GeminiBatch.Pdf.Tests;

public sealed class PdfSplitterTests
{
    [Fact]
    public async Task A_PDF_within_the_limits_is_left_whole()
    {
        var whole = Assert.Single(await SplitAsync(SamplePdf.Of(Pages(5)), maxPages: 5));
        Assert.Equal((true, 1, 5), (whole.IsWhole, whole.FirstPage, whole.LastPage));
        Assert.Equal(2, (await SplitAsync(SamplePdf.Of(Pages(6)), maxPages: 5)).Count);
    }

    [Fact]
    public async Task Sections_are_PDFs_of_the_pages_that_they_name()
    {
        var sections = await SplitAsync(SamplePdf.Of(Pages(7)), maxPages: 3);

        Assert.Equal([(1, 3), (4, 6), (7, 7)], sections.Select(static section => (section.FirstPage, section.LastPage)));
        Assert.Equal(["page 4", "page 5", "page 6"], TextOf(sections[1]).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_same_PDF_gives_the_same_bytes()
    {
        var pdf = SamplePdf.Of(Pages(4));

        var first = await SplitAsync(pdf, maxPages: 2);
        var second = await SplitAsync(pdf, maxPages: 2);

        Assert.Equal(first[1].Content.ToArray(), second[1].Content.ToArray());
        Assert.DoesNotContain(DateTime.UtcNow.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.Latin1.GetString(first[1].Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_in_bytes_is_halved_until_it_fits()
    {
        var pdf = SamplePdf.Of([.. Enumerable.Range(1, 8).Select(static page => $"page {page}\n" + Noise(page, 4_000))]);

        var sections = await SplitAsync(pdf, maxPages: 100, maxBytes: 12_000);

        Assert.All(sections, static section => Assert.InRange(section.Content.Length, 1, 12_000));
        Assert.Equal(Enumerable.Range(1, 8), sections.SelectMany(static section => Enumerable.Range(section.FirstPage, section.LastPage - section.FirstPage + 1)));
    }

    [Fact]
    public async Task A_page_that_is_too_large_alone_is_named()
    {
        var error = await Assert.ThrowsAsync<DocumentSplitException>(() => SplitAsync(SamplePdf.Of(["small", Noise(1, 9_000)]), maxPages: 100, maxBytes: 5_000));

        Assert.Equal("too_large", error.Reason);
        Assert.Contains("page 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_do_not_bring_the_rest_of_the_document_along_and_filled_forms_stay_visible()
    {
        var pages = Enumerable.Range(1, 20).Select(static page => $"page {page} " + Noise(page, 2_000)).ToList();
        var pdf = SamplePdf.Of(pages, static page => page == 0
            ? "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [40 0 R /Fit] >> << /Type /Annot /Subtype /Widget /FT /Tx /V (filled in) /Rect [0 0 99 9] /P 40 0 R /DA (/F1 9 Tf) >>"
            : "");

        var sections = await SplitAsync(pdf, maxPages: 1);

        Assert.InRange(sections[0].Content.Length, 1, 10_000);
        Assert.Contains("filled in", Encoding.Latin1.GetString(sections[0].Content.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("/Link", Encoding.Latin1.GetString(sections[0].Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_and_a_broken_PDF_have_reasons_of_their_own()
    {
        Assert.Equal("encrypted_pdf", (await Assert.ThrowsAsync<DocumentSplitException>(() => SplitAsync(SamplePdf.Encrypted()))).Reason);
        Assert.Equal("broken_pdf", (await Assert.ThrowsAsync<DocumentSplitException>(() => SplitAsync(SamplePdf.Of(Pages(3))[..300]))).Reason);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("cut off in its table")]
    [InlineData("no objects")]
    [InlineData("empty")]
    [InlineData("no pages")]
    [InlineData("no root")]
    public async Task A_broken_PDF_is_a_reason(string damage)
    {
        var whole = SamplePdf.Of(Pages(3));
        var broken = damage switch
        {
            "cut off" => whole[..(whole.Length / 2)],
            "cut off in its table" => whole[..^200],
            "no objects" => "%PDF-1.4\nnothing else"u8.ToArray(),
            "no pages" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("/Kids", "/Kibs", StringComparison.Ordinal)),
            "no root" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("/Root 1", "/Boot 1", StringComparison.Ordinal)),
            _ => [],
        };

        Assert.Equal("broken_pdf", (await Assert.ThrowsAsync<DocumentSplitException>(() => SplitAsync(broken))).Reason);
    }

    [Fact]
    public async Task No_damage_to_a_PDF_ends_in_anything_but_a_reason()
    {
        var whole = SamplePdf.Of(Pages(3));
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var hit = 0; hit < 1 + (round % 20); hit++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                await SplitAsync(damaged, maxPages: 2);
            }
            catch (DocumentSplitException)
            {
            }
        }
    }

    private static List<string> Pages(int count) => [.. Enumerable.Range(1, count).Select(static page => $"page {page}")];

    private static string Noise(int seed, int length)
    {
        var random = new Random(seed);
        return string.Create(length, random, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = (char)('a' + source.Next(26));
            }
        });
    }

    private static string TextOf(SplitPages section) => string.Join('\n', System.Text.RegularExpressions.Regex.Matches(Encoding.Latin1.GetString(section.Content.Span), @"\((page \d+)\) Tj").Select(static match => match.Groups[1].Value));

    private static async Task<List<SplitPages>> SplitAsync(byte[] pdf, int maxPages = 1_000, long maxBytes = 50_000_000)
    {
        using var content = new MemoryStream(pdf);
        return await new PdfSplitter(new PdfSplittingOptions { MaxPages = maxPages, MaxBytes = maxBytes }).SplitAsync(content, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
