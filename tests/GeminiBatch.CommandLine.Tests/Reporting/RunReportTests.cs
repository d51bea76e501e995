namespace GeminiBatch.CommandLine.Tests.Reporting;

public sealed class RunReportTests
{
    [Theory]
    [InlineData(3.03, 1, "; estimated $3.03 before it was sent, 3.03 times the bill")]
    [InlineData(1.0, 2, "; estimated $1.00 before it was sent, 0.5 times the bill")]
    [InlineData(2.5, 2.5, "; estimated $2.50 before it was sent, which is what it came to")]
    [InlineData(0.0, 1, "")]
    [InlineData(null, 1, "")]
    public void The_estimate_is_a_multiple_of_the_bill(double? estimated, double cost, string told) =>
        Assert.Equal(told, RunReport.Compared((decimal?)estimated, (decimal)cost));
}
