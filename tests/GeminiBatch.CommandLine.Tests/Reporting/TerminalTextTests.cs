namespace GeminiBatch.CommandLine.Tests.Reporting;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain ä€ 漢字", "plain ä€ 漢字")]
    [InlineData("a\u001b[31mb", "a[31mb")]
    [InlineData("a\u009b31mb", "a31mb")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u202egpj.txt", "agpj.txt")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("a\u0007\u0000b", "ab")]
    public void Nothing_of_it_steers_the_terminal(string text, string shown) => Assert.Equal(shown, TerminalText.Clean(text));
}
