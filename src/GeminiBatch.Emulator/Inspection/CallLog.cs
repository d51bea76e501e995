namespace GeminiBatch.Emulator;

/// <summary>The latest calls, in bounded memory.</summary>
internal sealed class CallLog
{
    private const int Kept = 10_000;
    private const int KeptRequests = 200;

    private readonly Lock gate = new();
    private readonly Queue<EmulatedCall> calls = new();
    private readonly Queue<RecordedRequest> requests = new();

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

    /// <summary>The latest requests with headers and small bodies.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public void Add(EmulatedCall call, RecordedRequest request)
    {
        lock (gate)
        {
            if (requests.Count == KeptRequests)
            {
                requests.Dequeue();
            }

            requests.Enqueue(request);
            if (calls.Count == Kept)
            {
                calls.Dequeue();
            }

            calls.Enqueue(call);
        }
    }
}
