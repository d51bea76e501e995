using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeminiBatch.Testing;

namespace GeminiBatch.Tests.Collection;

public sealed class ResultChunkTests
{
    [Fact]
    public void A_chunk_gives_back_the_rows_that_were_put_in() =>
        Prop.ForAll(Gen.Elements("", "{}", "{\n}", "ä€", new string('x', 5_000)).NonEmptyListOf().ToArbitrary(), static texts =>
        {
            var rows = texts.Select(static text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)).ToList();
            Assert.Equal(texts, ResultChunk.Decode(ResultChunk.Encode(rows), rows.Count).Select(static row => Encoding.UTF8.GetString(row.Span)));
        }).Check(PropertyRounds.Of(100));

    [Fact]
    public void A_chunk_written_by_the_first_release_is_still_read()
    {
        var rows = ResultChunk.Decode(Convert.FromBase64String("Gx0AAARqcu+JnWBmtUUBtfalSVIhTEh6do6ksMY="), 2);
        Assert.Equal(["{\"key\":\"a\"}", "{\"key\":\"b\"}"], rows.Select(static row => Encoding.UTF8.GetString(row.Span)));
    }
}
