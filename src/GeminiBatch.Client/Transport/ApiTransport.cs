using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GeminiBatch;

/// <summary>Sends calls: credentials, time limits, errors as exceptions, and repetition of what is safe to repeat.</summary>
internal sealed class ApiTransport
{
    internal static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 256 };

    private static readonly ProductInfoHeaderValue UserAgent = new("gemini-batch", typeof(ApiTransport).Assembly.GetName().Version?.ToString(3));

    private readonly Func<HttpClient> _http;
    private readonly RequestCredentials _credentials;
    private readonly TimeSpan _attemptTimeout;
    private readonly TimeSpan _maxRetryDelay;
    private readonly ResiliencePipeline _repetition;
    private volatile string? _ledAway;

    internal ApiTransport(Func<HttpClient> http, Uri endpoint, RequestCredentials credentials, GeminiServiceOptions options, TimeProvider time, ILogger logger)
    {
        _http = http;
        _credentials = credentials;
        _attemptTimeout = options.AttemptTimeout;
        _maxRetryDelay = options.MaxRetryDelay;
        Endpoint = endpoint;
        Time = time;
        Logger = logger;
        _repetition = BuildRepetition(options);
    }

    internal Uri Endpoint { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    /// <summary>An address below the endpoint.</summary>
    internal Uri Address(string path) => new(Endpoint, path);

    /// <summary>Takes the key or token out of a text that a proxy may have echoed it into.</summary>
    internal string Redact(string text) => _credentials.Redact(text);

    /// <summary>Runs what is safe to run again, until it succeeds, fails for good, or the attempts are used up (protocol: 9.1).</summary>
    internal async Task<T> RepeatAsync<T>(string name, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(name, cancellationToken);
        try
        {
            return await _repetition
                .ExecuteAsync(static async (ctx, run) => await run(ctx.CancellationToken).ConfigureAwait(ctx.ContinueOnCapturedContext), context, attempt)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Sends a call that is safe to repeat and reads its JSON.</summary>
    internal Task<JsonDocument> SendRepeatableAsync(ApiCall call, CancellationToken cancellationToken) =>
        RepeatAsync(call.Name, token => SendOnceAsync(call, token), cancellationToken);

    /// <summary>Sends a call that is safe to repeat; the answer is read within the attempt's time.</summary>
    internal Task<T> SendRepeatableAsync<T>(ApiCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatAsync(call.Name, token => SendOnceAsync(call, read, token), cancellationToken);

    /// <summary>Sends a call exactly once and reads its JSON.</summary>
    internal Task<JsonDocument> SendOnceAsync(ApiCall call, CancellationToken cancellationToken) =>
        SendOnceAsync(call, (response, token) => ReadJsonAsync(call, response, token), cancellationToken);

    /// <summary>Sends a call exactly once; the answer is read within the attempt's time.</summary>
    /// <exception cref="GeminiApiException">The answer was an error.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    internal async Task<T> SendOnceAsync<T>(ApiCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using Activity? activity = ClientTelemetry.Start(call);
        long begun = Time.GetTimestamp();
        string? error = null;
        try
        {
            // The network's own patience is real time even where a test moves the clock.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(_attemptTimeout);
            try
            {
                using HttpResponseMessage response = await SendAsync(call, limit.Token).ConfigureAwait(false);
                return await read(response, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"{call.Operation} had no answer within {_attemptTimeout}.", exception);
            }
        }
        catch (Exception exception)
        {
            error = exception is GeminiApiException api ? api.Status ?? api.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture) : exception.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error);
            activity?.SetTag("error.type", error);
            throw;
        }
        finally
        {
            ClientTelemetry.Record(call, Time.GetElapsedTime(begun), error);
        }
    }

    /// <summary>
    /// Sends a call and returns once the answer's headers are there. A token that is refused is fetched anew, once (protocol: 9.1, 401).
    /// The caller disposes the answer.
    /// </summary>
    internal async Task<HttpResponseMessage> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        (HttpResponseMessage response, GeminiAccessToken? token) = await SendWithCredentialsAsync(call, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null)
        {
            response.Dispose();
            _credentials.Invalidate(token);
            (response, _) = await SendWithCredentialsAsync(call, cancellationToken).ConfigureAwait(false);
        }

        if (response.IsSuccessStatusCode || call.ReadsErrors)
        {
            return response;
        }

        using (response)
        {
            throw await ReadErrorAsync(call, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HttpResponseMessage Response, GeminiAccessToken? Token)> SendWithCredentialsAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (_ledAway is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        using var request = new HttpRequestMessage(call.Method, call.Address) { Content = call.Content?.Invoke() };
        foreach ((string name, string value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.UserAgent.Add(UserAgent);
        GeminiAccessToken? token = await _credentials.ApplyAsync(request, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await _http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        ClientLog.Answered(Logger, call.Name, (int)response.StatusCode);
        RequireSameServer(call, response);
        return (response, token);
    }

    // The handler that followed has sent the key along. It is not sent again, and what came from there is not believed.
    private void RequireSameServer(ApiCall call, HttpResponseMessage response)
    {
        if (response.RequestMessage?.RequestUri is { } answered && !string.Equals(answered.GetLeftPart(UriPartial.Authority), call.Address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
        {
            response.Dispose();
            _ledAway = $"{call.Operation} was redirected from {call.Address.Authority} to {answered.Authority}, and the HttpClient followed with the key. Nothing more is sent: use an HttpClient whose handler has AllowAutoRedirect = false, and replace the key unless that server is yours.";
            throw new InvalidOperationException(_ledAway);
        }
    }

    internal async Task<GeminiApiException> ReadErrorAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await ErrorReading.ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        return ErrorReading.Read(call.Operation, (int)response.StatusCode, body, RetryAfter(response.Headers.RetryAfter), Redact);
    }

    internal async Task<JsonDocument> ReadJsonAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            try
            {
                return await JsonDocument.ParseAsync(body, JsonOptions, cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException exception)
            {
                throw new UnreadableAnswerException($"{call.Operation} was answered with something that is not JSON. Check that {Endpoint} is the service's address.", exception);
            }
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - Time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private ResiliencePipeline BuildRepetition(GeminiServiceOptions options)
    {
        if (options.MaxAttempts <= 1)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = Time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                Delay = options.FirstRetryDelay,
                MaxDelay = options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Outcome.Exception)),
                DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as GeminiApiException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    string cause = Cause(arguments.Outcome.Exception);
                    ClientLog.Repeating(Logger, arguments.Context.OperationKey ?? "call", arguments.AttemptNumber + 2, arguments.RetryDelay, cause);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private bool IsWorthRepeating(Exception? exception) => exception switch
    {
        GeminiApiException api => api.IsTransient && (api.RetryAfter ?? TimeSpan.Zero) <= _maxRetryDelay,
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    private static string Cause(Exception? exception) => exception switch
    {
        GeminiApiException api => $"{api.HttpStatus} {api.Status}",
        HttpRequestException http => http.HttpRequestError.ToString(),
        null => "",
        _ => exception.GetType().Name,
    };
}
