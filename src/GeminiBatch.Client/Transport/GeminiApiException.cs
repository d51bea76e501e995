using System.Globalization;

namespace GeminiBatch;

/// <summary>The service answered with an error (protocol: 9.1). The message says what happened and what to do; it holds no key and no document.</summary>
public sealed class GeminiApiException : Exception
{
    /// <summary>Describes an answered error.</summary>
    /// <param name="operation">What was being done, such as <c>Creating the job</c>.</param>
    /// <param name="httpStatus">The HTTP status.</param>
    /// <param name="status">The service's status name, such as <c>NOT_FOUND</c>, or null.</param>
    /// <param name="serviceMessage">The service's own message.</param>
    /// <param name="reason">The reason of an <c>ErrorInfo</c> detail, or null.</param>
    /// <param name="retryAfter">How long the service asked to wait, or null.</param>
    public GeminiApiException(string operation, int httpStatus, string? status, string serviceMessage, string? reason = null, TimeSpan? retryAfter = null)
        : this(operation, httpStatus, status, serviceMessage, reason, retryAfter, ErrorAdvice.For(httpStatus, status, reason, serviceMessage ?? ""))
    {
    }

    private GeminiApiException(string operation, int httpStatus, string? status, string serviceMessage, string? reason, TimeSpan? retryAfter, string advice)
        : base($"{operation} was answered with {httpStatus.ToString(CultureInfo.InvariantCulture)}{(status is null ? "" : " " + status)}: "
            + $"{serviceMessage.TrimEnd().TrimEnd('.')}. {advice}")
    {
        HttpStatus = httpStatus;
        Status = status;
        ServiceMessage = serviceMessage;
        Reason = reason;
        RetryAfter = retryAfter;
        Advice = advice;
    }

    /// <summary>The HTTP status, such as 429.</summary>
    public int HttpStatus { get; }

    /// <summary>The service's status name, such as <c>RESOURCE_EXHAUSTED</c>; null when the answer had none.</summary>
    public string? Status { get; }

    /// <summary>The service's own message, or the beginning of the answer's text.</summary>
    public string ServiceMessage { get; }

    /// <summary>The reason of an <c>ErrorInfo</c> detail, such as <c>API_KEY_INVALID</c>; null when there was none.</summary>
    public string? Reason { get; }

    /// <summary>How long the service asked to wait, from <c>RetryInfo</c> or <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What to do about it, in a sentence.</summary>
    public string Advice { get; }

    /// <summary>Whether the same call may succeed later: 408, 429, 500, 502, 503 or 504.</summary>
    public bool IsTransient => HttpStatus is 408 or 429 or 500 or 502 or 503 or 504;
}
