using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace GeminiBatch;

/// <summary>What went wrong, as one line that teaches, and the exit code that programs see.</summary>
internal static class CommandError
{
    public const int DocumentsFailed = 1;
    public const int Usage = 2;
    public const int BackendRefused = 3;
    public const int Interrupted = 130;

    public static (int ExitCode, string Line) Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        RunRefusedException refused => (Usage, OneLine(string.Join(" ", refused.Differences.Prepend(refused.Message)) + Advice(refused))),
        LedgerException { Problem: LedgerProblem.Full } => (Usage, OneLine($"{exception.Message} On the command line: --ledger-max-megabytes.")),
        CommandLineException or DocumentException or LedgerException or MissingCredentialsException => (Usage, OneLine(exception.Message)),
        OptionsValidationException options => (Usage, OneLine(string.Join(" ", options.Failures))),
        GeminiApiException => (BackendRefused, OneLine(exception.Message)),
        HttpRequestException or SocketException or JobCreationUncertainException =>
            (BackendRefused, OneLine($"The backend cannot be reached: {Cause(exception).Message.TrimEnd('.')}. Check the network and the endpoint; nothing is lost, run the same command again.")),
        FormatException => (BackendRefused, OneLine($"{exception.Message} Is the endpoint the Gemini API?")),
        OperationCanceledException => (BackendRefused, "The backend did not answer in time. Nothing is lost, run the same command again."),
        TimeoutException => (BackendRefused, OneLine($"{exception.Message} Nothing is lost, run the same command again.")),
        UnauthorizedAccessException or IOException => (Usage, OneLine(exception.Message)),
        _ => (Usage, OneLine($"Unexpected error, {exception.GetType().Name}: {exception.Message} --verbose shows the whole story.")),
    };

    /// <summary>The text with every line break and run of blanks as one blank.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Advice(RunRefusedException refused) => refused.Refusal switch
    {
        RunRefusal.RecipeChanged => " On the command line: --on-recipe-change keep, or extract-again.",
        RunRefusal.CostCap or RunRefusal.UnknownPrice => " On the command line: --max-cost USD.",
        _ => "",
    };

    // The one that names the address: what wraps it is our own, what it wraps is the socket's.
    private static Exception Cause(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException)
            {
                return cause;
            }
        }

        return exception.InnerException ?? exception;
    }
}
