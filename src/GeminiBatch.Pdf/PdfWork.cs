namespace GeminiBatch;

/// <summary>Has PDFsharp work on a thread of its own: with a stack on which the deepest PDF that passes the screening is read, and not for ever.</summary>
internal static class PdfWork
{
    private const int StackBytes = 256 * 1024 * 1024;

    // Real time, whatever clock the program runs by: it is a processor's work that is measured.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <exception cref="DocumentSplitException">Thrown when it takes too long; the thread is left behind, because no thread can be stopped.</exception>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    result.SetResult(work());
                }
#pragma warning disable CA1031 // It is told to who waits.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    result.SetException(error);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "GeminiBatch PDF",
        };
        thread.Start();
        try
        {
            return await result.Task.WaitAsync(s_longest, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw PdfScreening.Broken("reading it does not come to an end", error);
        }
    }
}
