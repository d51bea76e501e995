namespace GeminiBatch;

/// <summary>A part that is opened on first use, and again after a failure: what was busy or missing once may be there the next time.</summary>
internal sealed class Opened<T>(Func<T> open)
    where T : class
{
    private readonly Lock _lock = new();
    private T? _value;

    public bool IsValueCreated => Volatile.Read(ref _value) is not null;

    public T Value
    {
        get
        {
            lock (_lock)
            {
                return _value ??= open();
            }
        }
    }
}
