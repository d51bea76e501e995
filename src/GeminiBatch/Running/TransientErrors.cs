using System.Globalization;

namespace GeminiBatch;

/// <summary>Which errors of a repeatable call may be gone next time, and how long to wait.</summary>
internal static class TransientErrors
{
    private const int MostDoublings = 10;

    // A backend that asks for days is asked again before: quotas are raised meanwhile.
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromHours(1);

    public static bool IsTransient(Exception error) => error switch
    {
        GeminiApiException api => api.IsTransient,
        HttpRequestException or IOException or TimeoutException => true,

        // A page of a proxy in place of the service's answer.
        FormatException => true,

        // A call that timed out inside the client; the caller's own cancellation is told apart before.
        TaskCanceledException => true,
        _ => false,
    };

    /// <summary>How long to wait after so many errors, told to whoever looks on.</summary>
    public static TimeSpan Postpone(RunContext context, string operation, long subject, int errors, Exception error)
    {
        var delay = Delay(context.Options.RetryInterval, context.Options.MaxPollInterval, errors, Asked(error));
        Tell(context, operation, subject, delay, error);
        return delay;
    }

    public static void Tell(RunContext context, string operation, long subject, TimeSpan delay, Exception error)
    {
        RunLog.Retrying(context.Logger, context.RunName, operation, subject, delay, error.Message);
        context.Activity.Retry(string.Create(CultureInfo.InvariantCulture, $"Next try in {delay.TotalSeconds:0} s, {operation} {subject}: {error.Message}"), delay);
    }

    public static TimeSpan Delay(TimeSpan first, TimeSpan longest, int errors, TimeSpan? asked)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(errors - 1, 0, MostDoublings));
        var delay = doubled < longest ? doubled : longest;
        return asked is { } wait && wait > delay ? (wait < s_longestAsked ? wait : s_longestAsked) : delay;
    }

    public static TimeSpan? Asked(Exception error) => (error as GeminiApiException)?.RetryAfter;
}
