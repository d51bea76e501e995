namespace GeminiBatch.Tests.Planning;

/// <summary>What is counted of a document without asking the backend: a cap has to hold for it.</summary>
public sealed class TokenEstimateTests
{
    private static readonly ContentHash s_hash = new(new byte[32]);

    [Fact]
    public void Pages_are_what_a_PDF_is_counted_by()
    {
        Assert.Equal(500 * 258, Of(new SpoolPart.Content(s_hash, "application/pdf", 1_000, new(s_hash, 501, 1_000))));
        Assert.Equal(1_000 * 258, Of(new SpoolPart.Content(s_hash, "application/pdf", 1_000) { PageCount = 1_000 }));
    }

    [Fact]
    public void A_PDF_whose_pages_nobody_counted_is_one_of_small_pages_and_of_no_more_than_the_service_takes()
    {
        Assert.Equal(501 * 258, Of(new SpoolPart.Content(s_hash, "application/pdf", 5_000_000)));
        Assert.Equal(501 * 258, Of(new SpoolPart.Uri("gs://bucket/a.pdf", "application/pdf") { Size = 5_000_000 }));
        Assert.Equal(1_000 * 258, Of(new SpoolPart.Uri("gs://bucket/a.pdf", "application/pdf") { Size = 45_000_000 }));
    }

    [Fact]
    public void An_address_is_counted_by_what_lies_there_and_for_the_worst_where_nobody_tells()
    {
        Assert.Equal(25_000, Of(new SpoolPart.Uri("gs://bucket/a.txt", "text/plain") { Size = 100_000 }));
        Assert.Equal(11 * 258, Of(new SpoolPart.Uri("gs://bucket/a.mp4", "video/mp4") { Size = 1_000_000 }));
        Assert.Equal(258_000, Of(new SpoolPart.Uri("https://example.com/a.pdf", "application/pdf")));
        Assert.Equal(2_580, Of(new SpoolPart.Uri("https://example.com/a.png", "image/png")));
    }

    private static long Of(SpoolPart part) => TokenEstimate.Of([part]);
}
