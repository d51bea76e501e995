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
    public const int Terminated = 143;

    public static (int ExitCode, string Line) Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        RunRefusedException { Refusal: RunRefusal.RecipeChanged } refused => (Usage, OneLine(RecipeChanged(refused))),
        RunRefusedException refused => (Usage, OneLine(OptionWords.In(refused.Message))),
        CommandLineException or DocumentException or LedgerException or MissingCredentialsException => (Usage, OneLine(OptionWords.In(exception.Message))),
        OptionsValidationException options => (Usage, OneLine(OptionWords.In(string.Join(" ", options.Failures)))),
        GeminiApiException => (BackendRefused, OneLine(OptionWords.In(exception.Message))),
        HttpRequestException or SocketException or JobCreationUncertainException =>
            (BackendRefused, OneLine($"The backend cannot be reached: {Cause(exception).Message.TrimEnd('.')}. Check the network and the endpoint; nothing is lost, run the same command again.")),
        FormatException => (BackendRefused, OneLine($"{exception.Message} Is the endpoint the Gemini API?")),
        OperationCanceledException => (BackendRefused, "The backend did not answer in time. Nothing is lost, run the same command again."),
        TimeoutException => (BackendRefused, OneLine($"{exception.Message} Nothing is lost, run the same command again.")),
        IOException when IsDiskFull(exception) => (Usage, OneLine($"{exception.Message.TrimEnd('.')}. Free some space; nothing that was recorded is lost, run the same command again.")),
        UnauthorizedAccessException or IOException => (Usage, OneLine(exception.Message)),
        _ => (Usage, OneLine($"Unexpected error, {exception.GetType().Name}: {exception.Message} --verbose shows the whole story.")),
    };

    public static string OneLine(string text) => TerminalText.OneLine(text);

    private static string RecipeChanged(RunRefusedException refused) =>
        $"The run '{refused.Run}' was planned with another recipe. {string.Join("; ", refused.Differences)}. "
        + $"--on-recipe-change extract-again sends {Figures.Count(refused.Rows, "row", "rows")} again ({Figures.Dollars(refused.EstimatedCost)}{(refused.EstimatedCost is null ? "" : " by estimate")}), --on-recipe-change keep uses the stored recipe, --run NAME makes another run.";

    // ENOSPC, and ERROR_DISK_FULL on Windows.
    private static bool IsDiskFull(Exception exception) => (exception.HResult & 0xFFFF) is 28 or 112;

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
