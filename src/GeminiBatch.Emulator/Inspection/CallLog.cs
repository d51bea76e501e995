namespace GeminiBatch.Emulator;

/// <summary>The latest calls, in bounded memory.</summary>
internal sealed class CallLog
{
    private const int Kept = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<EmulatedCall> calls = new();

    public IReadOnlyList<EmulatedCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public void Add(EmulatedCall call)
    {
        lock (gate)
        {
            if (calls.Count == Kept)
            {
                calls.Dequeue();
            }

            calls.Enqueue(call);
        }
    }
}
