using System.Text;

namespace GeminiBatch.Tests.Documents;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("scan.bin", "%PDF-1.7\n%\u00e2\u00e3", "application/pdf")]
    [InlineData("junk-before.pdf", "\u0000\u0001 junk %PDF-1.4", "application/pdf")]
    [InlineData("photo.jpg", "\u0089PNG\r\n\u001a\n", "image/png")]
    [InlineData("photo.png", "\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("a", "GIF89a\u0001\u0000", "image/gif")]
    [InlineData("a", "RIFF\u0000\u0000\u0000\u0000WEBPVP8 ", "image/webp")]
    [InlineData("a", "RIFF\u0000\u0000\u0000\u0000WAVEfmt ", "audio/wav")]
    [InlineData("a", "RIFF\u0000\u0000\u0000\u0000AVI LIST", "video/avi")]
    [InlineData("a", "FORM\u0000\u0000\u0000\u0000AIFFCOMM", "audio/aiff")]
    [InlineData("a", "\u0000\u0000\u0000\u0018ftypheic", "image/heic")]
    [InlineData("a", "\u0000\u0000\u0000\u0018ftypmif1", "image/heif")]
    [InlineData("a", "\u0000\u0000\u0000\u0018ftypisom", "video/mp4")]
    [InlineData("a", "\u0000\u0000\u0000\u0014ftypqt  ", "video/mov")]
    [InlineData("a", "\u0000\u0000\u0000\u0018ftyp3gp4", "video/3gpp")]
    [InlineData("a", "\u0000\u0000\u0000\u0018ftypM4A ", "audio/m4a")]
    [InlineData("a", "fLaC\u0000", "audio/flac")]
    [InlineData("a", "OggS\u0000", "audio/ogg")]
    [InlineData("a", "ID3\u0004\u0000", "audio/mp3")]
    [InlineData("a", "\u00ff\u00fb\u0090", "audio/mp3")]
    [InlineData("a", "\u00ff\u00f1\u0050", "audio/aac")]
    [InlineData("a", "\u001a\u0045\u00df\u00a3\u0000webm", "video/webm")]
    [InlineData("a", "\u0000\u0000\u0001\u00ba", "video/mpeg")]
    [InlineData("voice.mp3", "\u0000\u0001\u0002\u0003", "audio/mp3")]
    [InlineData("report.xyz", "only words", "text/plain")]
    [InlineData("about-pdf.md", "A PDF begins with %PDF-1.7.", "text/markdown")]
    [InlineData("mislabelled.txt", "%PDF-1.7\n%\u00e2\u00e3\u0000", "application/pdf")]
    [InlineData("notes", "A PDF begins with %PDF-1.7.", "text/plain")]
    [InlineData("picture.avif", "\u0000\u0000\u0000\u0018ftypavif", null)]
    [InlineData("raw.cr3", "\u0000\u0000\u0000\u0018ftypcrx ", null)]
    [InlineData("clip.mp4", "\u0000\u0000\u0000\u0018ftypnew1", "video/mp4")]
    [InlineData("data.json", "{}", "application/json")]
    [InlineData("unknown.xyz", "\u0000\u0001\u0002", null)]
    public void The_beginning_of_a_file_tells_its_type_before_its_name_does(string name, string head, string? type) =>
        Assert.Equal(type, MediaTypes.Of(name, Encoding.Latin1.GetBytes(head)));

    [Fact]
    public void Text_that_is_cut_inside_a_character_is_text()
    {
        var head = Encoding.UTF8.GetBytes(new string('€', 400))[..MediaTypes.HeadBytes];

        Assert.Equal("text/plain", MediaTypes.Of("a", head));
        Assert.Equal("text/csv", MediaTypes.Of("a.csv", head));
    }
}
