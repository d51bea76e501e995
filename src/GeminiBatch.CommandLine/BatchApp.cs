namespace GeminiBatch;

/// <summary>
/// A whole command-line program in one call: run, plan, status, pause, resume, retry, cancel, export, doctor and what else <c>--help</c> lists, over a folder of documents.
/// Results and tables go to standard output, progress and errors to standard error.
/// </summary>
/// <remarks>
/// Exit codes: 0 when every document is accounted for; 1 when all documents failed, or one did and <c>--fail-on-failures</c> is given; 2 for wrong usage,
/// configuration or files; 3 when the backend refused or could not be reached; 130 when interrupted by Ctrl-C and 143 by SIGTERM (jobs go on at the backend).
/// </remarks>
public static class BatchApp
{
    /// <summary>Runs the program for one extraction type.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="args">The program's arguments.</param>
    /// <param name="configure">What the program says about itself.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync<T>(string[] args, Action<BatchAppBuilder>? configure = null)
        where T : IExtractable<T>
    {
        ArgumentNullException.ThrowIfNull(args);
        return AppCommands.InvokeAsync(args, Configured(configure), ExtractionTarget.Of<T>());
    }

    /// <summary>Runs the commands that need no extraction type, over any ledger: status, resume, retry, export and doctor.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="configure">What the program says about itself.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, Action<BatchAppBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        return AppCommands.InvokeAsync(args, Configured(configure), target: null);
    }

    private static BatchAppBuilder Configured(Action<BatchAppBuilder>? configure)
    {
        var app = new BatchAppBuilder();
        configure?.Invoke(app);
        return app;
    }
}
