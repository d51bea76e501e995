namespace GeminiBatch.Emulator.Tests.Faults;

public sealed class FaultPlanReadingTests
{
    [Fact]
    public void A_plan_is_a_list_of_faults()
    {
        var plan = EmulatedFaultPlans.FromJson("""
            [
              // the quota first
              {"operation":"CreateBatch","kind":"Refuse","status":429,"retryDelaySeconds":34.4,"namePattern":"gb-*","times":2},
              {"operation":"getBatch","kind":"delay","delaySeconds":20,"attempt":3},
              {"operation":"CreateBatch","kind":"Refuse","body":[{"error":{"code":503}}]},
            ]
            """);

        Assert.Equal(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, RetryDelay = TimeSpan.FromSeconds(34.4), NamePattern = "gb-*", Times = 2 }, plan[0]);
        Assert.Equal((EmulatedOperation.GetBatch, EmulatedFaultKind.Delay, TimeSpan.FromSeconds(20), 3), (plan[1].Operation, plan[1].Kind, plan[1].Delay, plan[1].Attempt));
        Assert.Equal("""[{"error":{"code":503}}]""", plan[2].Body);
        Assert.Equal(EmulatedFaultPlans.Seeded(7, 2), EmulatedFaultPlans.FromJson("""{"seed":7,"count":2}"""));
    }

    [Theory]
    [InlineData("[", "no JSON")]
    [InlineData("{}", "a list such as")]
    [InlineData("[1]", "fault 1 is no object")]
    [InlineData("""[{"operation":"CreateBatch","kind":"Refuse"},{"operation":"Nothing","kind":"Refuse"}]""", "fault 2 has no usable operation")]
    [InlineData("""[{"operation":"CreateBatch"}]""", "no usable kind")]
    [InlineData("""[{"operation":"CreateBatch","kind":"Refuse","state":429}]""", "'state'")]
    [InlineData("""[{"operation":"CreateBatch","kind":"Refuse","status":"429"}]""", "status is")]
    public void A_mistake_is_told_with_its_place(string json, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => EmulatedFaultPlans.FromJson(json)).Message, StringComparison.Ordinal);
}
