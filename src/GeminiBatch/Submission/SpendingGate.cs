namespace GeminiBatch;

/// <summary>Looked at once, before anything is sent: whether all that is to be sent may be.</summary>
internal sealed class SpendingGate(RunContext context) : IRunStage
{
    private bool _isOpen;

    public ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        if (!_isOpen && !run.IsCancelling)
        {
            var shards = new RowPreview(context.Engine, context.RunId).Shards();
            shards.ForEach(shard => RetiredModels.Refuse(context.Engine, context.RunName, shard.Model));
            new CostCap(context).RequireRoomFor(shards, run);
            _isOpen = true;
        }

        return ValueTask.FromResult(StageStep.Idle);
    }
}
