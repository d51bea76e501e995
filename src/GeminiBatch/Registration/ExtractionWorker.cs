using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Drives one run while the host lives and hands each result to the user's code.</summary>
internal sealed class ExtractionWorker<T>(
    IServiceProvider services,
    BatchExtractor extractor,
    string run,
    Func<IServiceProvider, IAsyncEnumerable<BatchDocument>> documents,
    ExtractionRequest request,
    Func<IServiceProvider, ExtractionResult<T>, CancellationToken, ValueTask> handle,
    ILogger logger) : BackgroundService
    where T : IExtractable<T>
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (succeeded, failed) = (0L, 0L);
            await foreach (var result in extractor.ExtractAsync<T>(run, documents(services), request, stoppingToken).ConfigureAwait(false))
            {
                await handle(services, result, stoppingToken).ConfigureAwait(false);
                (succeeded, failed) = result.Succeeded ? (succeeded + 1, failed) : (succeeded, failed + 1);
            }

            RunLog.WorkerCompleted(logger, run, succeeded, failed);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: jobs go on at the backend and are found again at the next start.
        }
        catch (Exception error)
        {
            RunLog.WorkerStopped(logger, run, error.Message, error);
            throw;
        }
    }
}
