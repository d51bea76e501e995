namespace GeminiBatch;

/// <summary>Times as the ledger stores them: milliseconds since 1970, UTC.</summary>
internal static class LedgerTime
{
    public static long Now(TimeProvider timeProvider) => timeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    public static long? From(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset To(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
